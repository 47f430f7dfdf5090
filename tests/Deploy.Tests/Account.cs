using System.Net.Http.Json;

namespace Deploy.Tests;

/// <summary>An account of a test class's own: the emulator, and the application <c>shop</c> that tests deploy to it.</summary>
public sealed class Account : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private EmulatedAws _aws = null!;

    /// <summary>Whether there is an emulator.</summary>
    public bool IsThere => _aws.Missing is null;

    /// <summary>The emulator. Skips the test that asks, where there is none.</summary>
    public EmulatedAws Aws
    {
        get
        {
            Assert.SkipWhen(_aws.Missing is not null, _aws.Missing ?? "");
            return _aws;
        }
    }

    public async ValueTask InitializeAsync() => _aws = await EmulatedAws.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _aws.DisposeAsync();
    }

    /// <summary>How often an operation was called, whatever the service.</summary>
    public async Task<int> CountAsync(string operation) => (await Aws.CallsAsync()).Count(call => call.Operation == operation);

    /// <summary>The calls with what they name, as <c>RunTask shop-migrate:1</c> has it.</summary>
    internal async Task<JsonArray> CallsAsync() => (await _http.GetFromJsonAsync<JsonArray>($"{Aws.Url}/emulator/calls"))!;

    /// <summary>The state of a stack; null where there is none.</summary>
    public async Task<string?> StackAsync(string name) =>
        (await Aws.AwsCli("cloudformation", "describe-stacks"))["Stacks"]!.AsArray().Where(stack => (string)stack!["StackName"]! == name).Select(stack => (string)stack!["StackStatus"]!).SingleOrDefault();

    /// <summary>The services of the cluster as <c>worker 1/1 shop-worker:1</c>, by name.</summary>
    public async Task<IReadOnlyList<string>> ServicesAsync(params string[] names)
    {
        var described = await Aws.AwsCli(["ecs", "describe-services", "--cluster", "shop", "--services", .. names]);
        return [.. described["services"]!.AsArray().Where(service => (string)service!["status"]! == "ACTIVE")
            .Select(service => $"{service!["serviceName"]} {service["runningCount"]}/{service["desiredCount"]} {((string)service["taskDefinition"]!).Split('/')[1]}")
            .Order(StringComparer.Ordinal)];
    }
}
