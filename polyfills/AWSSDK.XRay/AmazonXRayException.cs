using System.Net;
using Amazon.Runtime;

namespace Amazon.XRay;

/// <summary>An error of AWS X-Ray that has no exception of its own.</summary>
public partial class AmazonXRayException : AmazonServiceException
{
    public AmazonXRayException()
    {
    }

    public AmazonXRayException(string message)
        : base(message)
    {
    }

    public AmazonXRayException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonXRayException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonXRayException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonXRayException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
