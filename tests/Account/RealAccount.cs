namespace Account;

/// <summary>An account of AWS, by the credentials that the AWS CLI has. It is opened only if it is the one that was named.</summary>
internal sealed class RealAccount : ProofAccount
{
    /// <summary>The account and region to deploy to: <c>123456789012/eu-north-1</c>.</summary>
    public const string Variable = "FARGATE_ACCOUNT";

    /// <summary><c>true</c> deploys the large model too.</summary>
    public const string LargeVariable = "FARGATE_ACCOUNT_LARGE";

    private RealAccount(string region) =>
        (Region, Variables) = (
            region,
            new Dictionary<string, string?>
            {
                ["AWS_REGION"] = region,
                ["AWS_DEFAULT_REGION"] = region,
                ["AWS_ENDPOINT_URL"] = null,
            }
        );

    public static string? Named => System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    public static bool Wants(ProofApplication application) =>
        application != ProofApplication.Large || System.Environment.GetEnvironmentVariable(LargeVariable) == "true";

    public override string Region { get; }

    public override (TimeSpan Verb, TimeSpan Look) Patience => (TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(10));

    public override IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Opens the account, if the credentials are its own.</summary>
    public static async Task<ProofAccount> OpenAsync(string named)
    {
        var parts = named.Split('/');
        Assert.True(
            parts is [{ Length: 12 } number, { Length: > 0 }] && number.All(char.IsAsciiDigit),
            $"{Variable} is '{named}'. Say which account and region: {Variable}=123456789012/eu-north-1"
        );
        var account = new RealAccount(parts[1]);
        var found = (string)(await account.AwsAsync("sts", "get-caller-identity"))["Account"]!;
        Assert.True(found == parts[0], $"The credentials are those of account {found}, and {Variable} names {parts[0]}. Nothing was done.");
        return account;
    }

    public override async Task<string?> TracesMissingAsync()
    {
        var destination = await AwsAsync("xray", "get-trace-segment-destination");
        return (string?)destination["Destination"] == "CloudWatchLogs"
            ? null
            : $"Transaction Search is off in {Region}, and it is the account's own to turn on: deploy --transaction-search, once.";
    }

    public override Task<IAsyncDisposable> BreakAsync(string service) => Task.FromResult<IAsyncDisposable>(new Nothing());

    public override Task AssertCallsAllowedAsync(string cluster, params string[] services) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
