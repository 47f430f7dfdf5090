using System.Text.Json.Nodes;

namespace Deploy.Tests;

/// <summary>The reference application, from its source to a registry and back: its images are built by the SDK and are really pushed.</summary>
public sealed class ReferenceApplicationTests : IAsyncLifetime
{
    private EmulatedAws _aws = null!;
    private string _base = "";
    private DirectoryInfo _folder = null!;

    private string AddedFile => Path.Combine(_folder.FullName, "added.txt");

    public async ValueTask InitializeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("deploy-tests-");
        _aws = await EmulatedAws.StartAsync(withRegistry: true);
        Assert.SkipWhen(_aws.Missing is not null, _aws.Missing ?? "");
        _base = await BaseImage.PushAsync(_aws.Registry!);
    }

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task From_the_first_deploy_to_its_end_only_what_changed_is_pushed()
    {
        (await RunAsync(["deploy", "--yes"])).EndedWith(0).Says("2 pushed, 0 unchanged", "api: raising it from 1 task to its minimum of 2");
        var (api, worker) = (await ImageAsync("api"), await ImageAsync("worker"));
        Assert.Equal([await DigestAsync("api")], await ImagesAsync("api"));
        Assert.EndsWith($"@{await DigestAsync("api")}", api);

        // Again, with nothing changed.
        await _aws.ForgetCallsAsync();
        (await RunAsync(["deploy", "--yes"])).EndedWith(0).Says("2 unchanged", "Changed for profiler", "nothing");
        Assert.DoesNotContain(await _aws.CallsAsync(), call => call.Operation is "ExecuteChangeSet" or "PutSecretValue" or "PutImage" or "UpdateService");
        Assert.Equal((api, worker), (await ImageAsync("api"), await ImageAsync("worker")));

        // One image more: what was added to the api alone.
        await File.WriteAllTextAsync(AddedFile, "Nothing new.");
        var changed = (await RunAsync(["deploy", "--yes"])).EndedWith(0);
        changed.Says("1 pushed, 1 unchanged", "! ApiTaskDefinition");
        Assert.DoesNotContain("WorkerTaskDefinition", changed.Output);
        Assert.Equal(2, (await ImagesAsync("api")).Count);
        Assert.Single(await ImagesAsync("worker"));
        Assert.NotEqual(api, await ImageAsync("api"));
        Assert.Equal(worker, await ImageAsync("worker"));
        Assert.Equal(["profiler-api:2", "profiler-worker:1"], [await RevisionAsync("api"), await RevisionAsync("worker")]);

        // What is new is the layer of the application, and nothing of the base image.
        var pushed = System.Text.RegularExpressions.Regex.Match(changed.Output, @"api: pushed .*, ([0-9.]+) MiB new");
        Assert.True(pushed.Success, changed.Output);
        Assert.InRange(double.Parse(pushed.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 0.01, 10);

        // What many deploys have left goes, but for what runs and the ten newest of each.
        var (old, strange) = (await PushOldAsync(12), await PushStrangeAsync());
        (await RunAsync(["deploy", "--yes"])).EndedWith(0).Says("3 old images and 3 old revisions of task definitions deleted");
        var left = await ImagesAsync("api");
        Assert.Contains((await ImageAsync("api")).Split('@')[1], left);
        Assert.Equal(old.Skip(2).Order(), left.Intersect(old).Order());
        Assert.Contains(strange, left);
        Assert.Equal("profiler-api:2", await RevisionAsync("api"));

        // Destroyed, the images stay; the next deploy pushes none.
        (await RunAsync(["destroy", "--yes"])).EndedWith(0).Says("Stays: repository profiler/api with all its images");
        (await RunAsync(["deploy", "--yes"])).EndedWith(0).Says("2 unchanged");
        (await RunAsync(["destroy", "--yes", "--data"])).EndedWith(0);
        Assert.Empty((await _aws.AwsCli("ecr", "describe-repositories"))["repositories"]!.AsArray());
    }

    private async Task<Outcome> RunAsync(string[] arguments)
    {
        var environment = _aws.Environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        foreach (var name in new[] { "AWS_PROFILE", "AWS_SESSION_TOKEN", "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "ASPIRE_BACKCHANNEL_PATH" })
        {
            environment[name] = null;
        }

        // MSBuild keeps its packages where they are.
        environment.Remove("HOME");
        environment["ContainerBaseImage"] = _base;
        environment["Fargate__SmokeSeconds"] = "0";
        environment["CustomBeforeMicrosoftCommonTargets"] = Path.Combine(AppContext.BaseDirectory, "AddedFile.targets");
        environment["AddedFile"] = AddedFile;

        await using var process = VerbProcess.Start(AppHosts.Reference, arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>The image that a service runs.</summary>
    private async Task<string> ImageAsync(string service)
    {
        var definition = await _aws.AwsCli("ecs", "describe-task-definition", "--task-definition", await RevisionAsync(service));
        return (string)definition["taskDefinition"]!["containerDefinitions"]!.AsArray().Single(container => (string)container!["name"]! == service)!["image"]!;
    }

    private async Task<string> RevisionAsync(string service)
    {
        var described = await _aws.AwsCli("ecs", "describe-services", "--cluster", "profiler", "--services", service);
        return ((string)described["services"]![0]!["taskDefinition"]!).Split('/')[1];
    }

    /// <summary>The digests in a repository.</summary>
    private async Task<IReadOnlyList<string>> ImagesAsync(string name) =>
        [.. (await _aws.AwsCli("ecr", "describe-images", "--repository-name", $"profiler/{name}"))["imageDetails"]!.AsArray().Select(image => (string)image!["imageDigest"]!)];

    /// <summary>As many deploys would have left them: an image each, and a revision that runs it; the oldest first.</summary>
    private async Task<IReadOnlyList<string>> PushOldAsync(int count)
    {
        List<string> digests = [];
        var manifest = JsonNode.Parse(await ManifestAsync())!.AsObject();
        var definition = (await _aws.AwsCli("ecs", "describe-task-definition", "--task-definition", "profiler-api"))["taskDefinition"]!;
        foreach (var number in Enumerable.Range(0, count))
        {
            manifest["annotations"] = new JsonObject { ["old"] = $"{number}" };
            var digest = await PutAsync(manifest, $"content-{number:x64}");
            digests.Add(digest);
            var containers = definition["containerDefinitions"]!.DeepClone();
            containers[0]!["image"] = $"{((string)containers[0]!["image"]!).Split('@')[0]}@{digest}";
            await _aws.AwsCli("ecs", "register-task-definition", "--family", "profiler-api", "--container-definitions", containers.ToJsonString());
        }

        return digests;
    }

    /// <summary>One that no deploy has pushed.</summary>
    private async Task<string> PushStrangeAsync()
    {
        var manifest = JsonNode.Parse(await ManifestAsync())!.AsObject();
        manifest["annotations"] = new JsonObject { ["by"] = "hand" };
        return await PutAsync(manifest, "by-hand");
    }

    private async Task<string> ManifestAsync() => (string)(await _aws.AwsCli(
        "ecr", "batch-get-image", "--repository-name", "profiler/api", "--image-ids", $"imageDigest={(await ImageAsync("api")).Split('@')[1]}"))["images"]![0]!["imageManifest"]!;

    private async Task<string> PutAsync(JsonObject manifest, string tag) => (string)(await _aws.AwsCli(
        "ecr", "put-image", "--repository-name", "profiler/api", "--image-manifest", manifest.ToJsonString(), "--image-tag", tag))["image"]!["imageId"]!["imageDigest"]!;

    private async Task<string> DigestAsync(string name) => (await ImagesAsync(name))[0];
}
