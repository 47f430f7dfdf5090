namespace Amazon.XRay.Model;

public class InvalidRequestException(string message, Exception innerException) : AmazonXRayException(message, innerException);
