using Amazon.Runtime;

namespace Amazon.CloudWatchLogs;

/// <summary>An error of Amazon CloudWatch Logs that has no exception of its own.</summary>
public class AmazonCloudWatchLogsException(string message, Exception innerException) : AmazonServiceException(message, innerException);
