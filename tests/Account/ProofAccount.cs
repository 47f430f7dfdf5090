using System.ComponentModel;
using System.Diagnostics;

namespace Account;

/// <summary>
/// Where the proof takes place: an account of AWS, or the emulator. What the tests do is the same in both; here is where they are, how long
/// things take, and what the emulator has to be given since nothing runs in it.
/// </summary>
internal abstract class ProofAccount : IAsyncDisposable
{
    /// <summary>
    /// The value of <c>--environment</c>, by which stacks and all that is in them are named: nothing else in the account has that name.
    /// </summary>
    public const string Environment = "proof";

    /// <summary>
    /// Opens the account that <see cref="RealAccount.Variable"/> names, else the emulator. Skips the test where neither is there.
    /// </summary>
    /// <param name="application">What is deployed.</param>
    public static async Task<ProofAccount> OpenAsync(ProofApplication application)
    {
        if (RealAccount.Named is { } named)
        {
            Assert.SkipUnless(
                RealAccount.Wants(application),
                $"It takes half an hour and costs a dollar: {RealAccount.LargeVariable}=true deploys it to AWS too."
            );
            return await RealAccount.OpenAsync(named);
        }

        return await EmulatedAccount.OpenAsync(application);
    }

    public abstract string Region { get; }

    /// <summary>How long a verb may take, and what is looked for in logs and traces may take to be there.</summary>
    public abstract (TimeSpan Verb, TimeSpan Look) Patience { get; }

    /// <summary>Variables of what deploys and looks; null unsets one.</summary>
    public abstract IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Why traces cannot be read back here; null where they can.</summary>
    public abstract Task<string?> TracesMissingAsync();

    /// <summary>Has the tasks of a service end as they start, where its image does not do so by itself.</summary>
    public abstract Task<IAsyncDisposable> BreakAsync(string service);

    /// <summary>
    /// What the services called was allowed to their task roles, and their neighbours' data is not. AWS itself sees to that.
    /// </summary>
    public abstract Task AssertCallsAllowedAsync(string cluster, params string[] services);

    public abstract ValueTask DisposeAsync();

    /// <summary>What the AWS CLI says, as JSON; an empty object where it says nothing.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public virtual async Task<JsonNode> AwsAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("aws", ["--output", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables.Where(variable => variable.Key.StartsWith("AWS_", StringComparison.Ordinal)))
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_PAGER"] = "";
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("The AWS CLI is not installed; install with: pip install awscli");
        }

        using (process)
        using (var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2)))
        {
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode != 0 ? throw new InvalidOperationException($"aws {string.Join(' ', arguments)}: {await errors}")
                : string.IsNullOrWhiteSpace(output) ? new JsonObject()
                : JsonNode.Parse(output)!;
        }
    }

    /// <summary>Asks until the answer is not null.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        using var deadline = new CancellationTokenSource(Patience.Look);
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            if (await ask() is { } found)
            {
                return found;
            }

            Assert.False(deadline.IsCancellationRequested, $"Not within {Patience.Look.TotalMinutes} minutes: {what}");
            await timer.WaitForNextTickAsync();
        }
    }

    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(5);
}

/// <summary>What is deployed to an account.</summary>
/// <param name="AppHost">The built AppHost.</param>
/// <param name="Name">The name of its environment resource, by which stacks begin.</param>
internal sealed record ProofApplication(string AppHost, string Name)
{
    /// <summary>Of src/AppHost.</summary>
    public static ProofApplication Reference { get; } = new(AppHosts.Reference, "profiler");

    /// <summary>Of tests/Deploy/AppHost: as many options as go together, of what any account has.</summary>
    public static ProofApplication Large { get; } = new(AppHosts.Shop, "large");

    public string Stack => $"{Name}-{ProofAccount.Environment}";
}
