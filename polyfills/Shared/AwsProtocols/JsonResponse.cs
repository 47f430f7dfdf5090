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
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        using var body = new MemoryStream();
        input.Stream.CopyTo(body);

        // Operations without output answer with nothing at all.
        if (body.Length > 0)
        {
            body.Position = 0;
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = input.JsonMaxDepth });
            new JsonShapeReader(camelCase).Read(document.RootElement, response);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode
    )
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        return errors.ToException(JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader), innerException, statusCode);
    }

    /// <summary>
    /// An answer is read whole only to be logged, and one with a secret in it must never be, whatever the application set
    /// AWSConfigs.LoggingConfig to. With false here, Core logs every answer as empty.
    /// </summary>
    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) => false;
}
