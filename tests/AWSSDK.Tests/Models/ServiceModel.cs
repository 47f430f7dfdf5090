using System.ComponentModel;
using System.Diagnostics;

namespace AWSSDK.Tests.Models;

/// <summary>A service as botocore's data describe it: AWS's own service model, which the official clients are generated from too.</summary>
internal sealed class ServiceModel(TestedService service, JsonElement model)
{
    private static readonly Lazy<Task<JsonElement?>> Models = new(ReadAsync);

    public JsonElement Endpoints => model.GetProperty("endpoints");

    /// <summary>
    /// Whether the client speaks the query protocol: the one here does wherever the service does, whatever else that speaks.
    /// </summary>
    public bool IsQuery =>
        model.GetProperty("metadata").GetProperty("protocols").EnumerateArray().Any(protocol => protocol.GetString() == "query");

    /// <summary>Whether each operation has a path of its own.</summary>
    public bool IsRest => Metadata("protocol") == "rest-json";

    /// <summary>Skips the test that asks, where botocore is not.</summary>
    public static async Task<ServiceModel> OfAsync(TestedService service)
    {
        var models = await Models.Value;
        Assert.SkipWhen(models is null, "Python with botocore is not installed; install with: pip install 'moto[server]==5.2.1'");
        return new ServiceModel(service, models.Value.GetProperty(service.Id));
    }

    public string Metadata(string name) => model.GetProperty("metadata").GetProperty(name).GetString()!;

    public Operation OperationOf(string name)
    {
        var operation = model.GetProperty("operations").GetProperty(name);
        return new Operation(
            name,
            operation.TryGetProperty("input", out var input) ? Shape(input.GetProperty("shape").GetString()!, name + "Request") : null,
            operation.TryGetProperty("output", out var output) ? Shape(output.GetProperty("shape").GetString()!, name + "Response") : null,
            operation.TryGetProperty("errors", out var errors)
                ? [.. errors.EnumerateArray().Select(error => Shape(error.GetProperty("shape").GetString()!))]
                : []
        );
    }

    public Shape Shape(string name, string? className = null) =>
        new(this, name, className ?? name, model.GetProperty("shapes").GetProperty(name));

    /// <summary>The stand-in's class of this name, if it has one.</summary>
    public Type? ClassOf(string name) => service.Assembly.GetType($"{service.Namespace}.Model.{name}");

    private static async Task<JsonElement?> ReadAsync()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Models", "botocore-models.py");
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("python3", [script, .. TestedService.AllIds]) { RedirectStandardOutput = true }
            )!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? JsonDocument.Parse(output).RootElement : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

internal sealed record Operation(string Name, Shape? Input, Shape? Output, IReadOnlyList<Shape> Errors);

/// <summary>A type of the model, by the name it has there and that of its class in the official client.</summary>
internal sealed record Shape(ServiceModel Model, string Name, string ClassName, JsonElement Json)
{
    public string Type => Json.GetProperty("type").GetString()!;

    public IEnumerable<string> Constants =>
        Json.TryGetProperty("enum", out var values) ? values.EnumerateArray().Select(value => value.GetString()!) : [];

    public bool IsEnumeration => Json.TryGetProperty("enum", out _);

    public Shape Item => Of("member");

    public Shape Value => Of("value");

    public Shape Key => Of("key");

    /// <summary>Those of the members that the stand-in has too.</summary>
    public IEnumerable<Member> Members =>
        AllMembers.Where(member => Model.ClassOf(ClassName)?.GetProperty(OfficialNames.Property(member)) is not null);

    public IEnumerable<Member> AllMembers =>
        Json.GetProperty("members")
            .EnumerateObject()
            .Select(member => new Member(this, member.Name, Model.Shape(member.Value.GetProperty("shape").GetString()!), member.Value));

    /// <summary>What an error's code is, in the answer that tells of it.</summary>
    public string ErrorCode =>
        Json.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString()! : Name;

    private Shape Of(string part) => Model.Shape(Json.GetProperty(part).GetProperty("shape").GetString()!);
}

internal sealed record Member(Shape Owner, string Name, Shape Shape, JsonElement Json)
{
    public bool IsIdempotencyToken => Json.TryGetProperty("idempotencyToken", out _);
}
