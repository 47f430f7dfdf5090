using Amazon.Runtime;

namespace Amazon.SecretsManager;

/// <summary>An error of AWS Secrets Manager that has no exception of its own.</summary>
public class AmazonSecretsManagerException(string message, Exception innerException) : AmazonServiceException(message, innerException);
