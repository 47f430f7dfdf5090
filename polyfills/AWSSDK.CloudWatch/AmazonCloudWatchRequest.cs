using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonCloudWatchRequest : AmazonWebServiceRequest;
