using System.Text.Json.Nodes;
using Api.Endpoints;
using Api.Uploads;
using Microsoft.OpenApi;

namespace Api.Description;

/// <summary>What the document says of an operation beyond its parameters: bodies, answers, headers and examples.</summary>
internal static class OperationDescriptions
{
    private const string Csv = "name,age\nAda,36\nAlan,41\n";
    private const string Id = "0198c0ffee11deadbeefcafe0123abcd";

    public static RouteHandlerBuilder DescribeCreate(this RouteHandlerBuilder endpoint) =>
        endpoint
            .ProducesProblems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status408RequestTimeout,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status503ServiceUnavailable
            )
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.RequestBody = new OpenApiRequestBody
                    {
                        Required = true,
                        Description = "The CSV file, in UTF-8, with a header.",
                        Content = CsvContent
                            .MediaTypes.Take(2)
                            .ToDictionary(
                                type => type,
                                _ => new OpenApiMediaType
                                {
                                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                                    Example = Csv,
                                }
                            ),
                    };
                    operation.SetExample(StatusCodes.Status202Accepted, Queued());
                    operation.AddHeader(StatusCodes.Status202Accepted, "Location", "Where the profile is.");
                    return Task.CompletedTask;
                }
            );

    public static RouteHandlerBuilder DescribeGet(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<ProfileResource>(StatusCodes.Status200OK, "application/json", "text/html")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable)
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.SetExample(StatusCodes.Status200OK, Done());
                    operation.AddHeader(
                        StatusCodes.Status200OK,
                        "ETag",
                        "The version of a profile that is done or failed, for If-None-Match."
                    );
                    operation.AddHeader(
                        StatusCodes.Status200OK,
                        "Retry-After",
                        "Seconds to wait before asking again, while it is neither."
                    );
                    return Task.CompletedTask;
                }
            );

    public static RouteHandlerBuilder DescribeList(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<ProfileResourceList>(StatusCodes.Status200OK, "application/json", "text/html")
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable)
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.SetExample(
                        StatusCodes.Status200OK,
                        new JsonObject { ["profiles"] = new JsonArray(Queued()), ["next"] = $"/profiles?after={Id}&limit=1" }
                    );
                    operation.AddHeader(StatusCodes.Status200OK, "Link", "The address of the next page, where there is one.");
                    return Task.CompletedTask;
                }
            );

    public static RouteHandlerBuilder DescribeDelete(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);

    private static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (int[])[StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests, .. statuses])
            endpoint.ProducesProblem(status);
        return endpoint;
    }

    private static void SetExample(this OpenApiOperation operation, int status, JsonNode example)
    {
        var content = operation.Responses?[$"{status}"].Content;
        if (content?["application/json"] is OpenApiMediaType json)
            json.Example = example;
        if (content is not null && content.TryGetValue("text/html", out var type) && type is OpenApiMediaType html)
            html.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A page, without scripts." };
    }

    private static void AddHeader(this OpenApiOperation operation, int status, string name, string description)
    {
        if (operation.Responses?[$"{status}"] is not OpenApiResponse response)
            return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }

    private static JsonObject Queued() =>
        new()
        {
            ["id"] = Id,
            ["state"] = "queued",
            ["createdAt"] = "2026-11-23T10:00:00+00:00",
            ["updatedAt"] = "2026-11-23T10:00:00+00:00",
            ["size"] = Csv.Length,
            ["attempts"] = 0,
        };

    private static JsonObject Done()
    {
        var profile = Queued();
        profile["state"] = "done";
        profile["updatedAt"] = "2026-11-23T10:00:01+00:00";
        profile["attempts"] = 1;
        profile["progress"] = new JsonObject { ["rows"] = 2, ["bytes"] = Csv.Length };
        profile["profile"] = new JsonObject
        {
            ["rows"] = 2,
            ["bytes"] = Csv.Length,
            ["columns"] = new JsonArray(Name(), Age()),
        };
        return profile;
    }

    private static JsonObject Name() => Column("name", "text", "Ada", "Alan", [("Ada", 1), ("Alan", 1)]);

    private static JsonObject Age()
    {
        var column = Column("age", "integer", "36", "41", [("36", 1), ("41", 1)]);
        column["mean"] = 38.5;
        column["standardDeviation"] = 3.5355339059327378;
        column["quantiles"] = new JsonObject
        {
            ["p01"] = 36,
            ["p05"] = 36,
            ["p25"] = 36,
            ["p50"] = 36,
            ["p75"] = 41,
            ["p95"] = 41,
            ["p99"] = 41,
        };
        return column;
    }

    private static JsonObject Column(string name, string type, string min, string max, (string Value, int Count)[] frequent) =>
        new()
        {
            ["name"] = name,
            ["type"] = type,
            ["count"] = 2,
            ["nulls"] = 0,
            ["min"] = min,
            ["max"] = max,
            ["distinct"] = 2,
            ["distinctIsExact"] = true,
            ["mostFrequent"] = new JsonArray([
                .. frequent.Select(f => new JsonObject
                {
                    ["value"] = f.Value,
                    ["count"] = f.Count,
                    ["isExact"] = true,
                }),
            ]),
        };
}
