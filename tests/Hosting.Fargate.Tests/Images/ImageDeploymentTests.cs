using System.Collections.Concurrent;
using System.Text;
using Hosting.Fargate.Application;
using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>Images of projects, from source to a real registry.</summary>
[Collection("The variables of this process")]
public sealed class ImageDeploymentTests : IAsyncLifetime
{
    private TestEcr _ecr = null!;

    public async ValueTask InitializeAsync()
    {
        _ecr = await TestEcr.StartAsync();
        await PushBaseAsync("one");
    }

    public ValueTask DisposeAsync() => _ecr?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_unchanged_is_not_made_again_and_what_changed_pushes_its_layer_alone()
    {
        using var checkout = new SampleCheckout(_ecr);
        var first = await checkout.DeployAsync("0123456789abcdef0123456789abcdef01234567");
        Assert.True(first.IsPushed);
        Assert.Equal($"{_ecr.Host}/profiler/app@{await _ecr.DigestAsync("profiler/app", first.ContentTag)}", first.Reference);
        Assert.Equal(["commit-0123456789ab", first.ContentTag], _ecr.TagsPut.Order());
        Assert.InRange(first.PushedBytes!.Value, 1, 200_000);
        Assert.Equal("AppImage", first.ParameterId);

        _ecr.TagsPut.Clear();
        _ecr.Uploads.Clear();
        _ecr.Calls.Clear();
        var compiled = File.GetLastWriteTimeUtc(Compiled(checkout));
        var second = await checkout.DeployAsync("ffffffffffff");
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(Compiled(checkout)));
        Assert.False(second.IsPushed);
        Assert.Equal(first.Reference, second.Reference);
        Assert.Empty(_ecr.TagsPut);
        Assert.Empty(_ecr.Uploads);
        Assert.Equal(["DescribeRepositories", "GetAuthorizationToken", "DescribeImages"], _ecr.Calls);

        checkout.Write(
            "Library/Greeting.cs",
            """namespace Library; public static class Greeting { public static string Text => "good day"; }"""
        );
        var deployment = checkout.Deployment();
        var planned = await checkout.PlanAsync(deployment);
        Assert.Null(planned.Reference);
        Assert.Empty(_ecr.TagsPut);

        // While somebody is asked whether to go on.
        checkout.Write(
            "Library/Greeting.cs",
            """namespace Library; public static class Greeting { public static string Text => "not agreed to"; }"""
        );
        checkout.Log.Clear();
        var third = await checkout.DeployAsync("0123456789abcdef", deployment: deployment);
        Assert.DoesNotContain(checkout.Log, line => line.StartsWith("Publishing ", StringComparison.Ordinal));
        Assert.True(third.IsPushed);
        Assert.Equal(planned.ContentTag, third.ContentTag);
        Assert.NotEqual(first.Reference, third.Reference);
        Assert.Equal([third.ContentTag], _ecr.TagsPut);
        Assert.InRange(_ecr.Uploads.Sum(), third.PushedBytes!.Value, third.PushedBytes.Value + 10_000);

        // What another deploy from the same checkout has built in between is not pushed under the name of what was planned.
        await File.AppendAllTextAsync(
            Directory.GetFiles(checkout.BuildFolder, "App.dll", SearchOption.AllDirectories).Single(IsPublished),
            "x"
        );
        var fourth = await checkout.DeployAsync(deployment: deployment);
        Assert.NotEqual(third.ContentTag, fourth.ContentTag);
        Assert.Single(checkout.Log, line => line.StartsWith("Publishing ", StringComparison.Ordinal));

        static bool IsPublished(string file) => file.Contains($"{Path.DirectorySeparatorChar}publish{Path.DirectorySeparatorChar}");
    }

    [Fact]
    public async Task What_an_earlier_run_has_published_of_the_same_sources_is_not_published_again()
    {
        using var checkout = new SampleCheckout(_ecr);
        checkout.Commit();
        var first = await checkout.PlanAsync();
        Assert.Equal(first.ContentTag, (await checkout.PlanAsync()).ContentTag);
        Assert.Single(checkout.Log, line => line.StartsWith("Publishing ", StringComparison.Ordinal));

        // The registry is asked all the same.
        _ecr.Calls.Clear();
        var pushed = await checkout.DeployAsync();
        Assert.True(pushed.IsPushed);
        Assert.Contains("DescribeImages", _ecr.Calls);
        Assert.Single(checkout.Log, line => line.StartsWith("Publishing ", StringComparison.Ordinal));

        // What was published is not as it was left.
        await File.AppendAllTextAsync(
            Directory
                .GetFiles(checkout.BuildFolder, "App.dll", SearchOption.AllDirectories)
                .Single(file => file.Contains("publish", StringComparison.Ordinal)),
            "x"
        );
        Assert.Equal(first.ContentTag, (await checkout.PlanAsync()).ContentTag);
        checkout.Write(
            "Library/Greeting.cs",
            """namespace Library; public static class Greeting { public static string Text => "good day"; }"""
        );
        Assert.NotEqual(first.ContentTag, (await checkout.PlanAsync()).ContentTag);
        Assert.Equal(3, checkout.Log.Count(line => line.StartsWith("Publishing ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_identity_is_of_the_content_and_not_of_the_place()
    {
        using var one = new SampleCheckout(_ecr, hasPage: true);
        using var other = new SampleCheckout(_ecr, hasPage: true);
        var first = await one.PlanAsync();
        Assert.Equal(first.ContentTag, (await other.PlanAsync()).ContentTag);

        // What once was in the project is in no image.
        one.WriteProject(items: """<None Include="extra.txt" CopyToPublishDirectory="Always" />""");
        one.Write("App/extra.txt", "extra");
        Assert.NotEqual(first.ContentTag, (await one.PlanAsync()).ContentTag);
        one.WriteProject();
        File.Delete(Path.Combine(one.Root, "App/extra.txt"));
        Assert.Equal(first.ContentTag, (await one.PlanAsync()).ContentTag);

        one.WriteProject(
            items: """<ContainerEnvironmentVariable Include="MODE" Value="fast" /><ContainerPort Include="9090" Type="tcp" />"""
        );
        var settings = await one.PlanAsync();
        Assert.NotEqual(first.ContentTag, settings.ContentTag);
        one.WriteProject(properties: "<ContainerUser>1000</ContainerUser>");
        Assert.NotEqual(first.ContentTag, (await one.PlanAsync()).ContentTag);

        one.WriteProject();
        await PushBaseAsync("two");
        Assert.NotEqual(first.ContentTag, (await one.PlanAsync()).ContentTag);
    }

    [Fact]
    public async Task Projects_of_the_same_name_in_two_folders_are_each_built_for_themselves()
    {
        using var one = new SampleCheckout(_ecr);
        using var other = new SampleCheckout(_ecr, "other", "Other");
        other.Write(
            "Library/Greeting.cs",
            """namespace Library; public static class Greeting { public static string Text => "good day"; }"""
        );
        var first = await PlanBothAsync();
        other.Write(
            "Library/Greeting.cs",
            """namespace Library; public static class Greeting { public static string Text => "good evening"; }"""
        );
        var second = await PlanBothAsync();

        Assert.Equal(first["app"], second["app"]);
        Assert.NotEqual(first["other"], second["other"]);
        Assert.Equal(
            2,
            Directory
                .GetDirectories(one.BuildFolder, "Library-*", SearchOption.AllDirectories)
                .Select(folder => Path.GetFileName(folder))
                .Distinct()
                .Count()
        );

        async Task<Dictionary<string, string>> PlanBothAsync() =>
            (
                await one.Deployment()
                    .PlanAsync(
                        one.Application() with
                        {
                            Services = [.. one.Application().Services, .. other.Application().Services],
                        },
                        new([.. one.Model().Resources, .. other.Model().Resources]),
                        _ => null,
                        default
                    )
            ).ToDictionary(image => image.Resource, image => image.ContentTag);
    }

    [Fact]
    public async Task Native_code_beside_the_IL_is_content_and_its_place_is_not()
    {
        using var one = new SampleCheckout(_ecr);
        using var other = new SampleCheckout(_ecr);
        var withoutNativeCode = await one.PlanAsync();
        one.WriteProject(properties: "<PublishReadyToRun>true</PublishReadyToRun>");
        other.WriteProject(properties: "<PublishReadyToRun>true</PublishReadyToRun>");
        var first = await one.PlanAsync();

        Assert.NotEqual(withoutNativeCode.ContentTag, first.ContentTag);
        Assert.Equal(first.ContentTag, (await other.PlanAsync()).ContentTag);

        other.Write(
            "Library/Greeting.cs",
            """namespace Library; public static class Greeting { public static string Text => "good day"; }"""
        );
        Assert.NotEqual(first.ContentTag, (await other.PlanAsync()).ContentTag);
    }

    [Fact]
    public async Task A_push_that_came_second_takes_what_is_there()
    {
        using var checkout = new SampleCheckout(_ecr);
        _ecr.BeforePut = async (repository, tag) =>
        {
            _ecr.BeforePut = null;
            await BaseImage.PushAsync(_ecr, repository, tag, "pushed by somebody else", "amd64");
        };

        var image = await checkout.DeployAsync();

        Assert.False(image.IsPushed);
        Assert.Equal($"{_ecr.Host}/profiler/app@{await _ecr.DigestAsync("profiler/app", image.ContentTag)}", image.Reference);
    }

    [Fact]
    public async Task A_project_that_does_not_compile_is_named_and_others_are_pushed()
    {
        using var broken = new SampleCheckout(_ecr, "broken", "Broken");
        using var sound = new SampleCheckout(_ecr);
        broken.Write("Broken/Program.cs", "int x = \"text\";");

        var failure = await Assert.ThrowsAsync<ImageDeploymentException>(() =>
            broken
                .Deployment()
                .DeployAsync(
                    broken.Application() with
                    {
                        Services = [.. broken.Application().Services, .. sound.Application().Services],
                    },
                    new([.. broken.Model().Resources, .. sound.Model().Resources]),
                    _ => null,
                    commit: null,
                    default
                )
        );

        var problem = Assert.Single(failure.Problems);
        Assert.Equal("broken", problem.Resource);
        Assert.StartsWith("'broken' does not build", problem.Text);
        Assert.True(problem.Text.Contains("Program.cs(1,9): error CS0029"), problem.Text);
        Assert.Single(_ecr.TagsPut);
    }

    [Fact]
    public async Task A_repository_that_is_missing_and_a_base_image_that_is_missing_are_told_with_what_to_do()
    {
        using var checkout = new SampleCheckout(_ecr);
        checkout.WriteProject(properties: $"<ContainerBaseImage>{_ecr.Host}/base/none:1</ContainerBaseImage>");
        var missing = await Assert.ThrowsAsync<ImageDeploymentException>(() => checkout.DeployAsync());
        Assert.Equal(
            $"'app' has no image: the base image {_ecr.Host}/base/none:1: its registry does not have it.",
            Assert.Single(missing.Problems).Text
        );

        _ecr.Repositories.Clear();
        var homeless = await Assert.ThrowsAsync<ImageDeploymentException>(() => checkout.DeployAsync());
        Assert.Equal(
            "'app' has no repository profiler/app in Amazon ECR. The stack profiler-foundation makes it: deploy that first.",
            homeless.Message
        );
    }

    [Fact]
    public async Task A_registry_that_fails_now_and_then_does_no_harm()
    {
        using var checkout = new SampleCheckout(_ecr);
        // What is asked of the base image, an upload and the last step of all: each fails the first time.
        ConcurrentDictionary<string, int> failures = new()
        {
            ["GET manifests"] = 500,
            ["PUT uploads"] = 503,
            ["PUT manifests"] = 429,
        };
        _ecr.Fault = (method, path) =>
            failures.TryRemove($"{method} {(path.Contains("/uploads/") ? "uploads" : path.Split('/')[^2])}", out var status)
                ? status
                : null;

        var image = await checkout.DeployAsync();

        Assert.Empty(failures);
        Assert.True(image.IsPushed);
        Assert.Equal(image.Reference, $"{_ecr.Host}/profiler/app@{await _ecr.DigestAsync("profiler/app", image.ContentTag)}");
        Assert.Equal(
            ["app: the registry failed; pushing again in 2 s", "app: the registry failed; pushing again in 6 s"],
            checkout.Log.Where(line => line.Contains("again"))
        );
    }

    [Fact]
    public async Task A_registry_that_refuses_is_asked_once_and_what_to_do_is_said()
    {
        using var checkout = new SampleCheckout(_ecr);
        var puts = 0;
        _ecr.Fault = (method, path) => method == "PUT" && path.Contains("/manifests/") && ++puts > 0 ? 403 : null;

        var refusal = await Assert.ThrowsAsync<ImageDeploymentException>(() => checkout.DeployAsync());

        Assert.Equal(1, puts);
        Assert.Matches(
            $"""
            ^'app' could not be pushed to {_ecr.Host}/profiler/app:
              CONTAINER1005: Registry push failed; received status code 'Forbidden'\.
              URI: http://{_ecr.Host}/v2/profiler/app/manifests/content-[0-9a-f]+
              HTTP status code: Forbidden
              Whoever deploys may not push there: docs/deployer-policy\.md has the least policy\.$
            """,
            refusal.Message
        );
    }

    [Fact]
    public async Task The_password_is_in_no_command_line_no_file_and_no_line_of_the_log()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Command lines are read from /proc; run on Linux.");
        var start = DateTime.UtcNow;
        using var checkout = new SampleCheckout(_ecr);
        List<string> commandLines = [];
        _ecr.BeforePut = (_, _) =>
        {
            commandLines.AddRange(CommandLines());
            return Task.CompletedTask;
        };

        await checkout.DeployAsync();

        Assert.Contains(commandLines, line => line.Contains("push.proj"));
        Assert.DoesNotContain(commandLines, line => line.Contains(_ecr.Password));
        Assert.DoesNotContain(checkout.Log, line => line.Contains(_ecr.Password));
        string[] forms = [_ecr.Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"AWS:{_ecr.Password}"))];
        string[] folders = [checkout.Root, Path.GetTempPath(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
        Assert.Empty(ChangedFiles.With(forms, folders, start));

        // Where it would be found, had it been left there.
        checkout.Write("left/config.json", forms[1]);
        Assert.Single(ChangedFiles.With(forms, [checkout.Root], start));
    }

    [Fact]
    public async Task Giving_up_ends_what_was_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Command lines are read from /proc; run on Linux.");
        using var checkout = new SampleCheckout(_ecr);
        using var stopping = new CancellationTokenSource();
        _ecr.BeforePut = async (_, _) =>
        {
            await stopping.CancelAsync();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checkout.DeployAsync(cancellationToken: stopping.Token));

        Assert.DoesNotContain(CommandLines(), line => line.Contains(checkout.Root));
    }

    private static string Compiled(SampleCheckout checkout) =>
        Path.Combine(
            Assert.Single(
                Directory.GetDirectories(
                    Path.Combine(checkout.BuildFolder, $"linux-{(SampleCheckout.Machine == Architecture.Arm64 ? "arm64" : "x64")}", "obj"),
                    "Library-*"
                )
            ),
            "release",
            "Library.dll"
        );

    private Task PushBaseAsync(string text) =>
        BaseImage.PushAsync(_ecr, "base/runtime", "10.0", text, SampleCheckout.Machine == Architecture.Arm64 ? "arm64" : "amd64");

    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => Path.GetFileName(path).All(char.IsAsciiDigit)))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return line;
        }
    }
}
