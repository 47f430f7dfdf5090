using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EndToEnd;

/// <summary>Publish as its user starts it: a process that writes files and ends.</summary>
public sealed partial class PublishTests : IDisposable
{
    private static readonly string[] s_files = ["profiler-foundation.template.yaml", "profiler.parameters.json", "profiler.template.yaml"];

    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("publish-");

    public void Dispose() => _output.Delete(recursive: true);

    [Fact]
    public async Task The_verb_writes_the_templates_and_says_what_it_wrote()
    {
        var (exitCode, console) = await RunAsync(["publish", "--output-path", _output.FullName]);
        Assert.True(exitCode == 0, console);
        Assert.Empty(s_files.Except(Files()));
        Assert.Matches(@"(?m)^profiler\.template\.yaml: \d+ resources, new$", console);
        Assert.Matches(@"(?m)^profiler-foundation\.template\.yaml: \d+ resources, new$", console);
        Assert.Matches("(?m)^profiler.parameters.json: new$", console);
        Assert.Contains("The load balancer serves plain HTTP", console);
        Assert.Contains(_output.FullName, console);
        Assert.Single(Step().Matches(console));
    }

    [Fact]
    public async Task The_switches_of_the_official_command_line_do_the_same_as_the_verb()
    {
        Assert.Equal(0, (await RunAsync(["publish", "--output-path", Folder("verb")])).ExitCode);
        string[] switches = ["--operation", "publish", "--step", "publish", "--output-path", Folder("switches")];
        var (exitCode, console) = await RunAsync(switches, ("DOTNET_ENVIRONMENT", null));
        Assert.True(exitCode == 0, console);
        Assert.Equal(NamesIn("verb"), NamesIn("switches"));
        foreach (var file in Directory.EnumerateFiles(Folder("verb")))
        {
            Assert.Equal(await ContentAsync(file), await ContentAsync(Path.Combine(Folder("switches"), Path.GetFileName(file))));
        }
    }

    [Fact]
    public async Task Without_a_folder_the_output_is_beside_the_AppHost_where_git_does_not_see_it()
    {
        var beside = Path.Combine(Projects.AppHost.ProjectPath, "aspire-output");
        Assert.SkipWhen(Directory.Exists(beside), $"Something has been published to {beside}: delete it to see that publish makes it.");
        try
        {
            var (exitCode, console) = await RunAsync(["publish"]);
            Assert.True(exitCode == 0, console);
            Assert.Empty(s_files.Except(Directory.EnumerateFiles(beside).Select(path => Path.GetFileName(path))));
            Assert.Contains(
                "aspire-output/",
                await File.ReadAllLinesAsync(Path.Combine(Projects.AppHost.ProjectPath, "..", "..", ".gitignore"))
            );
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    [Fact]
    public async Task An_environment_has_stacks_and_settings_of_its_own()
    {
        var (exitCode, console) = await RunAsync(["publish", "--environment", "staging", "--output-path", _output.FullName]);
        Assert.True(exitCode == 0, console);
        Assert.Empty(s_files.Select(file => file.Replace("profiler", "profiler-staging", StringComparison.Ordinal)).Except(Files()));
        Assert.Matches(@"Name: DOTNET_ENVIRONMENT, Value: staging\b", await ContentAsync(PathOf("profiler-staging.template.yaml")));
    }

    [Fact]
    public async Task Without_one_the_services_run_as_Production_whatever_this_machine_is()
    {
        var (exitCode, console) = await RunAsync(["publish", "--output-path", _output.FullName], ("DOTNET_ENVIRONMENT", "Development"));
        Assert.True(exitCode == 0, console);
        Assert.Matches(@"Name: DOTNET_ENVIRONMENT, Value: Production\b", await ContentAsync(PathOf("profiler.template.yaml")));
    }

    [Fact]
    public async Task A_refusal_ends_with_another_code_says_why_once_and_writes_nothing()
    {
        var (exitCode, console) = await RunAsync(["publish", "--environment", "QA_1", "--output-path", Folder("refused")]);
        Assert.Equal(1, exitCode);
        Assert.Single(Refusal().Matches(console));
        Assert.Contains("'profiler-qa_1' is to be the name of the stack", console);
        Assert.Matches(@"(?m)^✗ publish profiler +\d+\.\ds$", console);
        Assert.DoesNotContain("   at ", console);
        Assert.DoesNotContain("Exception", console);
        Assert.False(Directory.Exists(Folder("refused")));
    }

    [Fact]
    public async Task A_template_that_was_changed_by_hand_is_refused_and_nothing_else_is_written()
    {
        Assert.Equal(0, (await RunAsync(["publish", "--output-path", _output.FullName])).ExitCode);
        await File.AppendAllTextAsync(PathOf("profiler.template.yaml"), "# mine\n");
        File.Delete(PathOf("profiler.parameters.json"));

        var (exitCode, console) = await RunAsync(["publish", "--output-path", _output.FullName]);
        Assert.Equal(1, exitCode);
        Assert.Contains("'profiler.template.yaml' was changed after publish wrote it.", console);
        Assert.DoesNotContain("   at ", console);
        Assert.EndsWith("# mine\n", await ContentAsync(PathOf("profiler.template.yaml")));
        Assert.DoesNotContain("profiler.parameters.json", Files());
    }

    [Fact]
    public async Task Published_again_nothing_changes()
    {
        Assert.Equal(0, (await RunAsync(["publish", "--output-path", _output.FullName])).ExitCode);
        var before = Files().ToDictionary(file => file, file => File.ReadAllText(PathOf(file)));
        var (_, console) = await RunAsync(["publish", "--output-path", _output.FullName]);
        Assert.Matches(@"profiler\.template\.yaml: \d+ resources, unchanged", console);
        Assert.Equal(before, Files().ToDictionary(file => file, file => File.ReadAllText(PathOf(file))));
    }

    [Fact]
    public async Task Nothing_is_called_and_no_credentials_are_looked_for()
    {
        using var wire = new TcpListener(IPAddress.Loopback, 0);
        wire.Start();
        var address = $"http://{wire.LocalEndpoint}";
        string[] proxies =
        [
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "http_proxy",
            "https_proxy",
            "all_proxy",
            "AWS_ENDPOINT_URL",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        ];
        string[] unset =
        [
            "NO_PROXY",
            "no_proxy",
            "AWS_PROFILE",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_ROLE_ARN",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        ];
        var (exitCode, console) = await RunAsync(
            ["publish", "--output-path", _output.FullName],
            [
                .. proxies.Select(name => (name, (string?)address)),
                .. unset.Select(name => (name, (string?)null)),
                ("AWS_SHARED_CREDENTIALS_FILE", PathOf("no-such-file")),
                ("AWS_CONFIG_FILE", PathOf("no-such-file")),
            ]
        );
        Assert.True(exitCode == 0, console);
        Assert.False(wire.Pending(), "Publish opened a connection.");
    }

    [Fact]
    public async Task Parameters_without_a_value_do_not_stop_it_and_the_value_of_a_secret_shows_nowhere()
    {
        var (exitCode, console) = await RunAsync(["publish", "--output-path", Folder("without")], ("Parameters__api-key", null));
        Assert.True(exitCode == 0, console);

        var secret = $"secret-{Guid.NewGuid():N}";
        (exitCode, console) = await RunAsync(["publish", "--output-path", Folder("with")], ("Parameters__api-key", secret));
        Assert.True(exitCode == 0, console);
        Assert.DoesNotContain(secret, console);
        foreach (var file in Directory.EnumerateFiles(Folder("with"), "*", SearchOption.AllDirectories).ToList())
        {
            Assert.DoesNotContain(secret, await ContentAsync(file));
            Assert.Equal(await ContentAsync(file), await ContentAsync(Path.Combine(Folder("without"), Path.GetFileName(file))));
        }
    }

    private static async Task<(int ExitCode, string Console)> RunAsync(
        string[] arguments,
        params (string Name, string? Value)[] environment
    )
    {
        await using var host = AppHostProcess.Start(arguments, environment);
        var exitCode = await host.ExitAsync();
        return (exitCode, host.Output);
    }

    private static Task<string> ContentAsync(string path) => File.ReadAllTextAsync(path);

    private string Folder(string name) => Path.Combine(_output.FullName, name);

    private string PathOf(string file) => Path.Combine(_output.FullName, file);

    private IEnumerable<string?> NamesIn(string folder) => Directory.EnumerateFiles(Folder(folder)).Select(Path.GetFileName).Order();

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_output.FullName).Select(path => Path.GetFileName(path));

    [GeneratedRegex(@"^✓ publish profiler +\d+\.\ds$", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex("The model cannot be published to")]
    private static partial Regex Refusal();
}
