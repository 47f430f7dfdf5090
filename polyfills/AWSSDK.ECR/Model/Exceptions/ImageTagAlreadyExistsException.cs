using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ImageTagAlreadyExistsException : AmazonECRException
{
    public ImageTagAlreadyExistsException()
    {
    }

    public ImageTagAlreadyExistsException(string message)
        : base(message)
    {
    }

    public ImageTagAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ImageTagAlreadyExistsException(Exception innerException)
        : base(innerException)
    {
    }

    public ImageTagAlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ImageTagAlreadyExistsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
