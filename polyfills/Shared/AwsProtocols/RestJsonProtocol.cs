#nullable enable

using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsProtocols;

/// <summary>
/// AWS's REST JSON protocol as far as it is a POST to the operation's own path with everything in the body, and nothing where the
/// operation takes nothing: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
/// </summary>
/// <param name="version">The version of the API.</param>
/// <param name="serviceException">The exception of errors that an operation does not declare.</param>
internal sealed class RestJsonProtocol(string version, Type serviceException) : ServiceProtocol(serviceException)
{
    protected override void Marshall(string operation, AmazonWebServiceRequest input, DefaultRequest request)
    {
        request.ResourcePath = $"/{operation}";
        request.Headers["Content-Type"] = "application/json";
        request.Headers["x-amz-api-version"] = version;
        if (ShapeMember.Of(input.GetType()).Length > 0)
        {
            JsonShapeWriter.WriteBody(request, input, camelCase: false);
        }
    }

    protected override ResponseUnmarshaller Unmarshaller<TResponse>(string operation, ServiceErrors errors) =>
        new JsonResponse<TResponse>(camelCase: false, errors);
}
