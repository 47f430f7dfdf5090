using Aspire.Hosting;
using Deploy.Faults.AppHost;
using Testing.Fargate;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Deploy.Faults.SmallDeployment))]

namespace Deploy.Faults;

/// <summary>
/// Deploys of the small application to an emulator: in this process, where many are wanted, or in one of their own, where it is killed. The
/// address of AWS is a variable of the whole process, so tests run one after the other, all through the same proxy.
/// </summary>
public sealed class SmallDeployment : IAsyncLifetime
{
    /// <summary>A value that looks different in a URL, in JSON and in a form.</summary>
    public const string ApiKey = "first/7c1fd0 + \"quoted\" &b=c%41é";

    public const string Greeting = "good morning";

    /// <summary><c>DEPLOY_FAULTS=all</c> makes tests go through all that there is; else they go through the part that finds most.</summary>
    public static bool IsThorough { get; } = Environment.GetEnvironmentVariable("DEPLOY_FAULTS") == "all";

    private readonly List<KeyValuePair<string, string?>> _before = [];
    private EmulatedAws _aws = null!;
    private FaultProxy _proxy = null!;

    /// <summary>The emulator. Skips the test that asks, where there is none.</summary>
    public EmulatedAws Aws
    {
        get
        {
            Assert.SkipWhen(_aws.Missing is not null, _aws.Missing ?? "");
            return _aws;
        }
    }

    /// <summary>What deploys in this process go through.</summary>
    public FaultProxy Proxy => _proxy;

    public async ValueTask InitializeAsync()
    {
        _aws = await EmulatedAws.StartAsync();
        if (_aws.Missing is not null)
        {
            return;
        }

        _proxy = await FaultProxy.StartAsync(_aws.Url);
        foreach (var (name, value) in _aws.EnvironmentFor(_proxy.Url))
        {
            if (name.StartsWith("AWS_", StringComparison.Ordinal))
            {
                _before.Add(new(name, Environment.GetEnvironmentVariable(name)));
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        if (_aws.Missing is null)
        {
            await _proxy.DisposeAsync();
        }

        await _aws.DisposeAsync();
    }

    /// <summary>An account without anything, and a proxy that lets all through.</summary>
    public async Task ResetAsync()
    {
        await Aws.ResetAsync();
        await Aws.SetAsync(
            new
            {
                tick = 0.005,
                change_set = 0.005,
                run_task = 0.02,
            }
        );
        _proxy.Rules.Clear();
    }

    /// <summary>Deploys in this process.</summary>
    /// <param name="callSeconds">How long one try of a call may take.</param>
    /// <param name="rules">What goes wrong.</param>
    public async Task<DeployRun> DeployAsync(double callSeconds, params FaultRule[] rules)
    {
        _proxy.Rules.Clear();
        foreach (var rule in rules)
        {
            _proxy.Rules.Add(rule);
        }

        var seen = _proxy.Calls.Count;
        var (console, error, code) = (Console.Out, Console.Error, Environment.ExitCode);
        using var output = new StringWriter();
        try
        {
            Console.SetOut(TextWriter.Synchronized(output));
            Console.SetError(Console.Out);
            Environment.ExitCode = 0;
            using var app = SmallApplication.Build([
                .. Arguments(callSeconds),
                $"--Parameters:api-key={ApiKey}",
                $"--Parameters:greeting={Greeting}",
            ]);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(TimeSpan.FromMinutes(5));
            try
            {
                await app.RunAsync(deadline.Token);
            }
            catch (DistributedApplicationException) when (Environment.ExitCode != 0)
            {
                // What it says is in the output.
            }

            return new DeployRun(Environment.ExitCode, output.ToString(), [.. _proxy.Calls.Skip(seen)]);
        }
        finally
        {
            Console.SetOut(console);
            Console.SetError(error);
            Environment.ExitCode = code;
            _proxy.Rules.Clear();
        }
    }

    /// <summary>Starts a deploy in a process of its own, whose secret comes by its environment.</summary>
    internal DeployProcess Start(
        string url,
        string greeting = Greeting,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        bool isWatched = false,
        params string[] arguments
    ) =>
        DeployProcess.Start(
            AppHost,
            Path.GetDirectoryName(AppHost)!,
            [.. Aws.EnvironmentFor(url), new("Parameters__api-key", ApiKey), new("Parameters__greeting", greeting), .. environment ?? []],
            isWatched,
            [.. Arguments(callSeconds: 60), .. arguments]
        );

    /// <summary>In the folder that it was built to: beside the tests it lacks what they have of ASP.NET's own.</summary>
    private static string AppHost { get; } =
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "../../../../Deploy.Faults.AppHost",
                Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "../../.."), AppContext.BaseDirectory),
                "Deploy.Faults.AppHost.dll"
            )
        );

    private static string[] Arguments(double callSeconds) =>
        ["deploy", "--yes", "--Fargate:SmokeSeconds=0", FormattableString.Invariant($"--Fargate:CallSeconds={callSeconds}")];
}

/// <summary>A deploy that has ended.</summary>
/// <param name="ExitCode">How.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Calls">What it asked of AWS.</param>
public sealed record DeployRun(int ExitCode, string Output, IReadOnlyList<RecordedCall> Calls);
