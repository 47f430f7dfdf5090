using Amazon.Runtime;

namespace Amazon.CloudWatchLogs;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonCloudWatchLogsRequest : AmazonWebServiceRequest;
