using System.Net;
using Amazon.Runtime;
using AwsProtocols;

namespace Amazon.SecretsManager.Model;

[WireName("EncryptionFailure")]
public partial class EncryptionFailureException : AmazonSecretsManagerException
{
    public EncryptionFailureException()
    {
    }

    public EncryptionFailureException(string message)
        : base(message)
    {
    }

    public EncryptionFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public EncryptionFailureException(Exception innerException)
        : base(innerException)
    {
    }

    public EncryptionFailureException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public EncryptionFailureException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
