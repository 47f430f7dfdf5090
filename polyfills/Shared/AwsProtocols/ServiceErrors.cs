#nullable enable

using System.Net;
using System.Reflection;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AwsProtocols;

/// <summary>
/// The exceptions that one operation declares. Any other error is the service's own exception, as with the official clients.
/// </summary>
internal sealed class ServiceErrors(Type serviceException, Type[] declared)
{
    private readonly Dictionary<string, Type> _byCode = declared.ToDictionary(
        type => type.GetCustomAttribute<WireNameAttribute>()?.Name ?? type.Name,
        StringComparer.Ordinal
    );

    public AmazonServiceException ToException(ErrorResponse error, Exception? innerException, HttpStatusCode statusCode)
    {
        var type = error.Code is { } code && _byCode.TryGetValue(code, out var found) ? found : serviceException;
        var exception = (AmazonServiceException)Activator.CreateInstance(type, error.Message, innerException)!;
        exception.ErrorType = error.Type;
        exception.ErrorCode = error.Code;
        exception.RequestId = error.RequestId;
        exception.StatusCode = statusCode;
        return exception;
    }
}
