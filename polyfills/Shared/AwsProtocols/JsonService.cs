#nullable enable

using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsProtocols;

/// <summary>A service that speaks AWS's JSON 1.1 protocol, https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
/// <param name="name">The service as the official clients call it, such as Amazon.ECS.</param>
/// <param name="targetPrefix">What stands before an operation's name in X-Amz-Target.</param>
/// <param name="version">The version of the API.</param>
/// <param name="camelCase">Whether the service writes its members with a small first letter.</param>
/// <param name="serviceException">The exception of errors that an operation does not declare.</param>
internal sealed class JsonService(string name, string targetPrefix, string version, bool camelCase, Type serviceException)
{
    public InvokeOptions Operation<TResponse>(string operation, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new RequestMarshaller(this, operation),
            ResponseUnmarshaller = new JsonResponse<TResponse>(camelCase, new ServiceErrors(serviceException, errors)),
        };

    private sealed class RequestMarshaller(JsonService service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input) => service.Marshall(operation, input);
    }

    private DefaultRequest Marshall(string operation, AmazonWebServiceRequest input)
    {
        var content = new PooledContentStream();
        var request = new DefaultRequest(input, name)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            ContentStream = content,
            Headers =
            {
                ["X-Amz-Target"] = $"{targetPrefix}.{operation}",
                ["Content-Type"] = "application/x-amz-json-1.1",
                ["x-amz-api-version"] = version,
            },
        };
        using var writer = new Utf8JsonWriter(content.BufferWriter);
        new JsonShapeWriter(writer, camelCase).Write(input);
        writer.Flush();
        return request;
    }
}
