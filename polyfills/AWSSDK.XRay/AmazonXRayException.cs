using Amazon.Runtime;

namespace Amazon.XRay;

/// <summary>An error of AWS X-Ray that has no exception of its own.</summary>
public class AmazonXRayException(string message, Exception innerException) : AmazonServiceException(message, innerException);
