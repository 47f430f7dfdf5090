using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class UnableToGetUpstreamImageException : AmazonECRException
{
    public UnableToGetUpstreamImageException()
    {
    }

    public UnableToGetUpstreamImageException(string message)
        : base(message)
    {
    }

    public UnableToGetUpstreamImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public UnableToGetUpstreamImageException(Exception innerException)
        : base(innerException)
    {
    }

    public UnableToGetUpstreamImageException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public UnableToGetUpstreamImageException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
