using System.Net;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

public partial class LayersNotFoundException : AmazonECRException
{
    public LayersNotFoundException()
    {
    }

    public LayersNotFoundException(string message)
        : base(message)
    {
    }

    public LayersNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public LayersNotFoundException(Exception innerException)
        : base(innerException)
    {
    }

    public LayersNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public LayersNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
