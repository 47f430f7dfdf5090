using System.Web;
using System.Xml.Linq;
using Amazon.Runtime;
using ServiceDefaults.Tests.Aws;

namespace AWSSDK.Tests.Wire;

/// <summary>A server on the loopback in a service's place, and what is asked of it there.</summary>
internal static class LoopbackService
{
    public const string Region = "eu-west-1";

    /// <summary>A client that asks this server once and never again, unless told otherwise.</summary>
    public static AmazonServiceClient Client(TestedService service, AwsServer server, int retries = 0) =>
        service.CreateClient(config =>
        {
            config.ServiceURL = server.Address;
            config.AuthenticationRegion = Region;
            config.MaxErrorRetry = retries;
        });

    public static Task<AwsServer> AnswerAsync(AwsAnswer answer) => AwsServer.StartAsync(_ => answer);

    public static AwsAnswer Json(string body, int status = 200) => new(status, body, "application/x-amz-json-1.1");

    public static AwsAnswer Json(JsonNode body) => Json(body.ToJsonString());

    public static AwsAnswer Xml(string operation, params object[] result) =>
        new(
            200,
            new XElement(
                operation + "Response",
                new XElement(operation + "Result", result),
                new XElement("ResponseMetadata", new XElement("RequestId", "request-1"))
            ).ToString(SaveOptions.DisableFormatting),
            "text/xml"
        );

    public static AwsAnswer XmlError(string code, string message, int status = 400) =>
        new(
            status,
            new XElement(
                "ErrorResponse",
                new XElement("Error", new XElement("Type", "Sender"), new XElement("Code", code), new XElement("Message", message)),
                new XElement("RequestId", "request-1")
            ).ToString(),
            "text/xml"
        );

    public static AwsAnswer JsonError(string code, string message, int status = 400) =>
        Json(new JsonObject { ["__type"] = code, ["message"] = message }.ToJsonString(), status);

    /// <summary>The operation that a request asks for, whatever the protocol.</summary>
    public static string OperationOf(AwsRequest request) =>
        request.Operation ?? (request.Path == "/" ? Query(request)["Action"] : request.Path[1..]);

    /// <summary>What a request of the query protocol says.</summary>
    public static SortedDictionary<string, string> Query(AwsRequest request)
    {
        var parameters = HttpUtility.ParseQueryString(request.Body);
        return new(parameters.AllKeys.ToDictionary(key => key!, key => parameters[key]!), StringComparer.Ordinal);
    }
}
