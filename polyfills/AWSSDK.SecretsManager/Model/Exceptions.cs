namespace Amazon.SecretsManager.Model;

public class InvalidRequestException(string message, Exception innerException) : AmazonSecretsManagerException(message, innerException);

public class ResourceNotFoundException(string message, Exception innerException) : AmazonSecretsManagerException(message, innerException);
