using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Writing;

/// <summary>
/// The values that the plain parameters have now, as <c>aws cloudformation … --parameters file://</c> takes them. Images and the versions
/// of secrets are not there: deploy knows them. No secret ever is.
/// </summary>
internal static class ParametersWriter
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(FargateApplication application) =>
        new JsonArray([
            .. application
                .Parameters.Where(parameter => (parameter.Current ?? parameter.Default) is not null)
                .Select(parameter => new JsonObject
                {
                    ["ParameterKey"] = parameter.Id,
                    ["ParameterValue"] = parameter.Current ?? parameter.Default,
                }),
        ]).ToJsonString(s_json) + "\n";
}
