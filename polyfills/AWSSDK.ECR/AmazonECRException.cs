using Amazon.Runtime;

namespace Amazon.ECR;

/// <summary>An error of Amazon Elastic Container Registry that has no exception of its own.</summary>
public class AmazonECRException(string message, Exception innerException) : AmazonServiceException(message, innerException);
