using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ImageAlreadyExistsException : AmazonECRException
{
    public ImageAlreadyExistsException()
    {
    }

    public ImageAlreadyExistsException(string message)
        : base(message)
    {
    }

    public ImageAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ImageAlreadyExistsException(Exception innerException)
        : base(innerException)
    {
    }

    public ImageAlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ImageAlreadyExistsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
