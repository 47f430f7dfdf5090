#nullable enable

using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsProtocols;

/// <summary>
/// A service that speaks AWS's REST JSON protocol as far as it is a POST to the operation's own path with everything in the body, and
/// nothing where the operation takes nothing: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
/// </summary>
/// <param name="name">The service as the official clients call it, such as Amazon.XRay.</param>
/// <param name="version">The version of the API.</param>
/// <param name="serviceException">The exception of errors that an operation does not declare.</param>
internal sealed class RestJsonService(string name, string version, Type serviceException)
{
    public InvokeOptions Operation<TResponse>(string operation, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new RequestMarshaller(this, operation),
            ResponseUnmarshaller = new JsonResponse<TResponse>(camelCase: false, new ServiceErrors(serviceException, errors)),
        };

    private sealed class RequestMarshaller(RestJsonService service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input) => service.Marshall(operation, input);
    }

    private DefaultRequest Marshall(string operation, AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, name)
        {
            HttpMethod = "POST",
            ResourcePath = $"/{operation}",
            Headers = { ["Content-Type"] = "application/json", ["x-amz-api-version"] = version },
        };
        if (ShapeMember.Of(input.GetType()).Length > 0)
        {
            var content = new PooledContentStream();
            request.ContentStream = content;
            using var writer = new Utf8JsonWriter(content.BufferWriter);
            new JsonShapeWriter(writer, camelCase: false).Write(input);
            writer.Flush();
        }

        return request;
    }
}
