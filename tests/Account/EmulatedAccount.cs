using System.Net.Http.Json;
using Testing;

namespace Account;

/// <summary>
/// The emulator, a registry, and a load balancer with the services of the reference application behind it: nothing runs in the emulator, so
/// they run here, as what was deployed says.
/// </summary>
internal sealed class EmulatedAccount : ProofAccount
{
    private readonly EmulatedAws _aws;
    private readonly ServiceProcesses? _services;
    private readonly LoadBalancer _balancer;
    private readonly FrontDoor? _door;
    private readonly HttpClient _http = new();

    private EmulatedAccount(EmulatedAws aws, string baseImage, ServiceProcesses? services, LoadBalancer balancer, FrontDoor? door)
    {
        (_aws, _services, _balancer, _door) = (aws, services, balancer, door);
        var variables = aws.Environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        foreach (var name in new[] { "AWS_PROFILE", "AWS_SESSION_TOKEN" })
        {
            variables[name] = null;
        }

        variables["AWS_CONFIG_FILE"] = variables["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(aws.Home, "none");

        // MSBuild keeps its packages where they are, and compiling to native code takes a minute: tests/Deploy.Faults deploys and runs
        // images with it.
        variables.Remove("HOME");
        variables["ContainerBaseImage"] = baseImage;
        variables["WithoutReadyToRun"] = "true";
        Variables = variables;
    }

    public override string Region => EmulatedAws.Region;

    public override (TimeSpan Verb, TimeSpan Look) Patience => (TimeSpan.FromMinutes(8), TimeSpan.FromSeconds(90));

    public override IReadOnlyDictionary<string, string?> Variables { get; }

    protected override TimeSpan Interval => TimeSpan.FromMilliseconds(100);

    public static new async Task<ProofAccount> OpenAsync(ProofApplication application)
    {
        var isReference = application == ProofApplication.Reference;
        var aws = await EmulatedAws.StartAsync(withRegistry: isReference);
        Assert.SkipWhen(aws.Missing is not null, aws.Missing ?? "");
        var services = isReference ? new ServiceProcesses(aws, application.Stack, "api", "worker") : null;
        var door = isReference ? null : await FrontDoor.OpenAsync();
        var balancer = await LoadBalancer.StartAsync(1, async _ =>
            services is null ? new Uri($"http://{door!.Address}") : await services.AddressAsync("api")
        );
        await aws.SetAsync(new { load_balancer = balancer.Address.Authority });
        return new EmulatedAccount(aws, isReference ? await BaseImage.PushAsync(aws.Registry!) : "", services, balancer, door);
    }

    public override Task<JsonNode> AwsAsync(params string[] arguments) => _aws.AwsCli(arguments);

    public override Task<string?> TracesMissingAsync() =>
        Task.FromResult<string?>("The emulator runs no CloudWatch agent and keeps no traces.");

    public override async Task<IAsyncDisposable> BreakAsync(string service) =>
        new Rule(
            _aws,
            await _aws.FailTasksAsync(
                new
                {
                    service,
                    kind = "Exit",
                    exitCode = 1,
                    logs = new[] { "Unhandled exception." },
                }
            )
        );

    public override async Task AssertCallsAllowedAsync(string cluster, params string[] services)
    {
        var calls = (await _http.GetFromJsonAsync<JsonArray>($"{_aws.Url}/emulator/calls"))!;
        foreach (var service in services)
        {
            await TaskRoleCalls.AssertAllowedAsync(
                this,
                cluster,
                service,
                [.. calls.Where(call => (string)call!["key"]! == service).Select(call => call!)]
            );
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (_door is not null)
        {
            await _door.DisposeAsync();
        }

        _http.Dispose();
        await _aws.DisposeAsync();
    }

    private sealed class Rule(EmulatedAws aws, int id) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await aws.RemoveRulesAsync(id);
    }
}
