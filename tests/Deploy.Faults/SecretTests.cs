using System.Text;
using System.Text.Json;
using Testing.Fargate;

namespace Deploy.Faults;

/// <summary>
/// The value of a secret goes to Secrets Manager, and is nowhere else: in no other call, no output, no command line and no file.
/// </summary>
public sealed class SecretTests(SmallDeployment deployment) : IAsyncDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("deploy-home-");
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("deploy-temporary-");

    public ValueTask DisposeAsync()
    {
        _home.Delete(recursive: true);
        _temporary.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_deploy_puts_a_secret_where_it_belongs_and_nowhere_else()
    {
        await deployment.ResetAsync();

        await AssertHiddenAsync(expectedExit: 0, isSent: true);
    }

    [Fact]
    public async Task A_deploy_whose_migration_fails_shows_no_secret()
    {
        await deployment.ResetAsync();
        await deployment.Aws.FailTasksAsync(
            new
            {
                family = "faults-migrate",
                kind = "Exit",
                exitCode = 3,
                logs = new[] { "no such table" },
            }
        );

        var output = await AssertHiddenAsync(expectedExit: 1, isSent: true);

        Assert.Contains("no such table", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deploy_that_is_rolled_back_shows_no_secret()
    {
        await deployment.ResetAsync();
        await deployment.Aws.FailResourceAsync("WebListenerRule", "create", "Priority '1' is currently in use");

        await AssertHiddenAsync(expectedExit: 1, isSent: true);
    }

    [Theory]
    [InlineData("PutSecretValue")]
    [InlineData("GetSecretValue")]
    public async Task What_AWS_says_about_a_value_is_shown_without_it(string operation)
    {
        await deployment.ResetAsync();
        var output = await AssertHiddenAsync(
            expectedExit: 1,
            isSent: operation == "PutSecretValue",
            new FaultRule(Fault.Refuse, "secretsmanager", operation, Times: int.MaxValue)
            {
                Code = "InvalidParameterException",
                Message =
                    $"Invalid value '{SmallDeployment.ApiKey}' for parameter SecretString, also known as {Uri.EscapeDataString(SmallDeployment.ApiKey)}",
            }
        );

        Assert.Contains("InvalidParameterException", output, StringComparison.Ordinal);
    }

    private async Task<string> AssertHiddenAsync(int expectedExit, bool isSent, params FaultRule[] rules)
    {
        await using var proxy = await FaultProxy.StartAsync(deployment.Aws.Url, SmallDeployment.ApiKey);
        foreach (var rule in rules)
        {
            proxy.Rules.Add(rule);
        }

        var since = DateTime.UtcNow;
        await using var deploy = deployment.Start(
            proxy.Url,
            environment: [new("HOME", _home.FullName), new("TMPDIR", _temporary.FullName), new("DOTNET_CLI_HOME", _home.FullName)],
            isWatched: true
        );
        var exit = await deploy.ExitAsync();

        Assert.True(exit == expectedExit, deploy.Output);
        var holders = proxy.Calls.Where(call => call.HeldSecret).Select(call => $"{call.Service} {call.Operation}").Distinct().ToList();
        Assert.Equal(isSent ? ["secretsmanager PutSecretValue"] : [], holders);
        AssertAbsent(deploy.Output, "its output");
        Assert.Contains(deploy.CommandLines, line => line.Contains("Deploy.Faults.AppHost", StringComparison.Ordinal));
        Assert.All(deploy.CommandLines, line => AssertAbsent(line, $"the command line {line}"));
        var files = SearchedFiles().ToList();
        Assert.True(files.Count > 10, "There is next to nothing to search.");
        Assert.All(files, file => AssertAbsent(file));
        return deploy.Output;
    }

    /// <summary>All that is in the homes it had, and in the folders of the AppHost.</summary>
    private IEnumerable<string> SearchedFiles()
    {
        var binaries = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(binaries.FullName, "Aspire.sln")))
        {
            binaries = binaries.Parent!;
        }

        return new[]
        {
            _home.FullName,
            _temporary.FullName,
            Path.Combine(binaries.FullName, "tests", "Deploy.Faults.AppHost"),
            AppContext.BaseDirectory,
            deployment.Aws.Home,
        }
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    folder,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
                )
            )
            // These hold it as their source text does.
            .Where(file =>
                !Path.GetFileName(file).StartsWith("Deploy.Faults.dll", StringComparison.Ordinal)
                && !Path.GetFileName(file).StartsWith("Deploy.Faults.pdb", StringComparison.Ordinal)
            );
    }

    private static void AssertAbsent(string text, string where) =>
        Assert.False(Forms().Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)), $"The secret is in {where}.");

    private static void AssertAbsent(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (IOException)
        {
            // A socket, or gone.
            return;
        }

        Assert.False(
            Forms()
                .SelectMany(form => new[] { Encoding.UTF8.GetBytes(form), Encoding.Unicode.GetBytes(form) })
                .Any(form => bytes.AsSpan().IndexOf(form) >= 0),
            $"The secret is in {file}."
        );
    }

    private static string[] Forms() =>
        [
            SmallDeployment.ApiKey,
            Uri.EscapeDataString(SmallDeployment.ApiKey),
            JsonEncodedText.Encode(SmallDeployment.ApiKey).ToString(),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(SmallDeployment.ApiKey)),
            "first/7c1fd0",
        ];
}
