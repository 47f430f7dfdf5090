using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>An error of AWS CloudFormation that has no exception of its own.</summary>
public class AmazonCloudFormationException(string message, Exception innerException) : AmazonServiceException(message, innerException);
