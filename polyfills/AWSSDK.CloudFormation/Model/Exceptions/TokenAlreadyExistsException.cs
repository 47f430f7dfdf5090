using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public partial class TokenAlreadyExistsException : AmazonCloudFormationException
{
    public TokenAlreadyExistsException()
    {
    }

    public TokenAlreadyExistsException(string message)
        : base(message)
    {
    }

    public TokenAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TokenAlreadyExistsException(Exception innerException)
        : base(innerException)
    {
    }

    public TokenAlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public TokenAlreadyExistsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
