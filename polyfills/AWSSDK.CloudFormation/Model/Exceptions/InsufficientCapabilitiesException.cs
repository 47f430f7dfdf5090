using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public partial class InsufficientCapabilitiesException : AmazonCloudFormationException
{
    public InsufficientCapabilitiesException()
    {
    }

    public InsufficientCapabilitiesException(string message)
        : base(message)
    {
    }

    public InsufficientCapabilitiesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InsufficientCapabilitiesException(Exception innerException)
        : base(innerException)
    {
    }

    public InsufficientCapabilitiesException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public InsufficientCapabilitiesException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
