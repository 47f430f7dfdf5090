using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>An error of Amazon CloudWatch that has no exception of its own.</summary>
public class AmazonCloudWatchException(string message, Exception innerException) : AmazonServiceException(message, innerException);
