using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ImageDigestDoesNotMatchException : AmazonECRException
{
    public ImageDigestDoesNotMatchException()
    {
    }

    public ImageDigestDoesNotMatchException(string message)
        : base(message)
    {
    }

    public ImageDigestDoesNotMatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ImageDigestDoesNotMatchException(Exception innerException)
        : base(innerException)
    {
    }

    public ImageDigestDoesNotMatchException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ImageDigestDoesNotMatchException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
