namespace Deploy.Tests;

/// <summary>The application of tests/Deploy/AppHost, with the parts and versions that a test chooses.</summary>
/// <param name="Aws">Where it goes.</param>
/// <param name="Parts">What it consists of, by name.</param>
internal sealed record Shop(EmulatedAws Aws, string Parts)
{
    /// <summary>The tag of its images.</summary>
    public string Tag { get; init; } = "1.0";

    /// <summary>Variables beside those that lead to the account; null unsets one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    public Shop With(string name, string? value) => this with { Variables = new Dictionary<string, string?>(Variables) { [name] = value } };

    public VerbProcess Start(params string[] arguments) => VerbProcess.Start(AppHosts.Shop, arguments, Environment());

    /// <summary>With a folder for temporary files in the home folder, where both are looked at afterwards.</summary>
    public Shop WithOwnTemporaryFolder() => With("TMPDIR", Directory.CreateDirectory(Path.Combine(Aws.Home, "tmp")).FullName);

    /// <summary>Starts a verb at a terminal.</summary>
    public VerbProcess StartAtTerminal(params string[] arguments) =>
        VerbProcess.StartAtTerminal(["dotnet", AppHosts.Shop, .. arguments], Path.GetDirectoryName(AppHosts.Shop)!, Environment());

    /// <summary>The variables of a process that deploys it.</summary>
    public IReadOnlyDictionary<string, string?> Environment()
    {
        var environment = Aws.Environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        foreach (
            var name in new[]
            {
                "AWS_PROFILE",
                "AWS_SESSION_TOKEN",
                "DOTNET_ENVIRONMENT",
                "ASPNETCORE_ENVIRONMENT",
                "ASPIRE_BACKCHANNEL_PATH",
            }
        )
        {
            environment[name] = null;
        }

        environment["Model__Parts"] = Parts;
        environment["Model__Tag"] = Tag;
        environment["Fargate__User"] = "alice";
        environment["Fargate__SmokeSeconds"] = "0";
        foreach (var (name, value) in Variables)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>
    /// Runs a verb to its end: in the account's own AppHost, but where the variables lead elsewhere, which a process looks at once.
    /// </summary>
    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        if (
            !Variables.Keys.Any(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name is "HOME" or "TMPDIR")
            && Accounts.VerbsOf(Aws) is { } verbs
        )
        {
            return await verbs.RunAsync(arguments, Environment());
        }

        await using var process = Start(arguments);
        return await process.EndAsync();
    }

    public Task<Outcome> DeployAsync() => RunAsync("deploy", "--yes");

    /// <summary>Deploys what is known to deploy.</summary>
    public async Task<Shop> DeployedAsync()
    {
        (await DeployAsync()).EndedWith(0);
        return this;
    }
}
