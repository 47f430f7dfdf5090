using System.Net;
using Amazon.Runtime;
using AwsProtocols;

namespace Amazon.SecretsManager.Model;

[WireName("DecryptionFailure")]
public partial class DecryptionFailureException : AmazonSecretsManagerException
{
    public DecryptionFailureException()
    {
    }

    public DecryptionFailureException(string message)
        : base(message)
    {
    }

    public DecryptionFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public DecryptionFailureException(Exception innerException)
        : base(innerException)
    {
    }

    public DecryptionFailureException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public DecryptionFailureException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
