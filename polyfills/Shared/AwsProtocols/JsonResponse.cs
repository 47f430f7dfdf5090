#nullable enable

using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace AwsProtocols;

/// <summary>Reads the answer to one operation of a JSON service. Core adds the request's id to what comes out of it.</summary>
internal sealed class JsonResponse<TResponse>(bool camelCase, ServiceErrors errors) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly JsonShapeReader _reader = new(camelCase);

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        using var body = new MemoryStream();
        input.Stream.CopyTo(body);
        ReadBody(body.GetBuffer().AsMemory(0, (int)body.Length), input.JsonMaxDepth, response);
        return response;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        var exception = errors.ToException(error);
        if (ShapeMember.Of(exception.GetType()).Length > 0)
        {
            ReadBody(input.GetResponseBodyBytes(), input.JsonMaxDepth, exception);
        }

        return exception;
    }

    /// <summary>
    /// An answer is read whole only to be logged. One with a secret in it must never be, whatever the application set
    /// AWSConfigs.LoggingConfig to: with false here, Core logs it as empty.
    /// </summary>
    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) =>
        !ShapeMember.HoldsSensitive(typeof(TResponse)) && base.ShouldReadEntireResponse(response, readEntireResponse);

    private void ReadBody(ReadOnlyMemory<byte> body, int maxDepth, object shape)
    {
        // Operations without output answer with nothing at all.
        if (body.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
        if (document.RootElement.ValueKind is JsonValueKind.Object)
        {
            _reader.Read(document.RootElement, shape);
        }
    }
}
