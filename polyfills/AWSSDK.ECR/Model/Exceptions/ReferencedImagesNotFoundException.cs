using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class ReferencedImagesNotFoundException : AmazonECRException
{
    public ReferencedImagesNotFoundException()
    {
    }

    public ReferencedImagesNotFoundException(string message)
        : base(message)
    {
    }

    public ReferencedImagesNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ReferencedImagesNotFoundException(Exception innerException)
        : base(innerException)
    {
    }

    public ReferencedImagesNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ReferencedImagesNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
