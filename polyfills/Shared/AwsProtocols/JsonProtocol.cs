#nullable enable

using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsProtocols;

/// <summary>AWS's JSON 1.1 protocol, https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
/// <param name="targetPrefix">What stands before an operation's name in X-Amz-Target.</param>
/// <param name="version">The version of the API.</param>
/// <param name="camelCase">Whether the service writes its members with a small first letter.</param>
/// <param name="serviceException">The exception of errors that an operation does not declare.</param>
internal sealed class JsonProtocol(string targetPrefix, string version, bool camelCase, Type serviceException)
    : ServiceProtocol(serviceException)
{
    protected override void Marshall(string operation, AmazonWebServiceRequest input, DefaultRequest request)
    {
        request.ResourcePath = "/";
        request.Headers["X-Amz-Target"] = $"{targetPrefix}.{operation}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["x-amz-api-version"] = version;
        JsonShapeWriter.WriteBody(request, input, camelCase);
    }

    protected override ResponseUnmarshaller Unmarshaller<TResponse>(string operation, ServiceErrors errors) =>
        new JsonResponse<TResponse>(camelCase, errors);
}
