using System.Diagnostics;
using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What makes a build necessary again, and what does not.</summary>
public sealed class SourceStateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sources");

    private string Top => Path.Combine(_folder.FullName, "checkout");

    public SourceStateTests()
    {
        Write("App/App.csproj", "<Project />");
        Write("App/Program.cs", "1");
        Write(".gitignore", "bin/\nobj/\n*.local.json\nfront/\n");
        Write("App/bin/App.dll", "1");
        Write("App/appsettings.local.json", "{}");
        Write("front/index.html", "1");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_is_the_same_where_nothing_changed_that_is_built_from()
    {
        Commit();
        var state = await StateAsync();
        Assert.NotNull(state);

        Write("App/bin/App.dll", "2");
        Write("App/obj/project.assets.json", "{}");
        Write("AppHost/obj/images/linux-x64/publish/App.dll", "2");
        Assert.Equal(state, await StateAsync());
    }

    [Theory]
    [InlineData("App/Program.cs", "2")]
    [InlineData("App/New.cs", "new")]
    [InlineData("Library/Elsewhere.cs", "in no folder of a project")]
    [InlineData("App/appsettings.local.json", "{ \"ignored\": true }")]
    [InlineData("front/index.html", "in a folder that git ignores")]
    [InlineData("Directory.Build.props", "<Project />")]
    [InlineData("../Directory.Build.props", "above the checkout")]
    [InlineData("../global.json", "{}")]
    public async Task It_is_another_where_a_file_did(string file, string text)
    {
        Commit();
        var state = await StateAsync();

        Write(file, text);
        var other = await StateAsync();
        Assert.NotEqual(state, other);

        // And once more where the same file has another content.
        Write(file, text + " ");
        Assert.NotEqual(other, await StateAsync());
    }

    [Fact]
    public async Task It_is_another_after_a_deletion_a_commit_and_with_other_properties()
    {
        Commit();
        HashSet<string?> states = [await StateAsync(), await StateAsync("Configuration=Debug")];
        File.Delete(Path.Combine(Top, "App/Program.cs"));
        states.Add(await StateAsync());
        Commit();
        states.Add(await StateAsync());

        Assert.Equal(4, states.Count);
        Assert.DoesNotContain(null, states);
    }

    [Fact]
    public async Task It_is_not_known_outside_of_git_and_with_submodules()
    {
        Assert.Null(await StateAsync());
        Commit();
        Write(".gitmodules", "");
        Assert.Null(await StateAsync());
    }

    [Fact]
    public async Task A_folder_that_only_looks_like_a_checkout_is_not_taken_for_the_one_that_it_is_in()
    {
        Commit();
        Directory.CreateDirectory(Path.Combine(Top, "inner", ".git"));
        Write("inner/App.csproj", "<Project />");

        Assert.Null(await SourceState.OfAsync(Build("inner/App.csproj"), "", [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_is_another_with_other_variables_and_files_that_they_name_and_not_by_what_is_another_in_each_shell()
    {
        Commit();
        var named = Path.Combine(_folder.FullName, "added.targets");
        HashSet<string?> states =
        [
            await WithAsync(("VERSION", "1.0")),
            await WithAsync(("VERSION", "1.1")),
            await WithAsync(("CustomAfterMicrosoftCommonTargets", named)),
        ];
        await File.WriteAllTextAsync(named, "<Project />", TestContext.Current.CancellationToken);
        states.Add(await WithAsync(("CustomAfterMicrosoftCommonTargets", named)));
        await File.WriteAllTextAsync(named, "<Project> </Project>", TestContext.Current.CancellationToken);
        states.Add(await WithAsync(("CustomAfterMicrosoftCommonTargets", named)));
        Assert.Equal(5, states.Count);

        Assert.Equal(
            await StateAsync(),
            await WithAsync(("SHLVL", "2"), ("AWS_SESSION_TOKEN", "another"), ("Parameters__db-password", "held back"), ("TERM", "xterm"))
        );

        Task<string?> WithAsync(params (string Name, string Value)[] variables) =>
            StateAsync(variables: variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));
    }

    private Task<string?> StateAsync(
        string properties = "Configuration=Release",
        IEnumerable<KeyValuePair<string, string>>? variables = null
    ) => SourceState.OfAsync(Build("App/App.csproj"), properties, variables ?? [], TestContext.Current.CancellationToken);

    private ProjectBuild Build(string project) =>
        new(
            Path.Combine(Top, "AppHost/obj/images/linux-x64"),
            "linux-x64",
            [new ProjectImage("app", Path.Combine(Top, project), Architecture.X64)]
        );

    private void Write(string path, string text)
    {
        var file = Path.GetFullPath(Path.Combine(Top, path));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void Commit()
    {
        Git("init", "--quiet");
        Git("add", "--all");
        Git("-c", "user.name=someone", "-c", "user.email=someone@example.com", "commit", "--quiet", "--message", "a change");
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Top })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
