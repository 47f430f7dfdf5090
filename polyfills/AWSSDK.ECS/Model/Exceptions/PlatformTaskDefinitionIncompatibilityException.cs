using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

public partial class PlatformTaskDefinitionIncompatibilityException : AmazonECSException
{
    public PlatformTaskDefinitionIncompatibilityException()
    {
    }

    public PlatformTaskDefinitionIncompatibilityException(string message)
        : base(message)
    {
    }

    public PlatformTaskDefinitionIncompatibilityException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PlatformTaskDefinitionIncompatibilityException(Exception innerException)
        : base(innerException)
    {
    }

    public PlatformTaskDefinitionIncompatibilityException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public PlatformTaskDefinitionIncompatibilityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
