namespace Amazon.ECR.Model;

public class ImageNotFoundException(string message, Exception innerException) : AmazonECRException(message, innerException);

public class ImageTagAlreadyExistsException(string message, Exception innerException) : AmazonECRException(message, innerException);

public class RepositoryNotFoundException(string message, Exception innerException) : AmazonECRException(message, innerException);
