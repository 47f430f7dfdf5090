using System.Diagnostics;

namespace Account;

/// <summary>An application in an account: the verbs that take it there and away, and what it is like there.</summary>
internal sealed class Deployed(ProofAccount account, ProofApplication application, ITestOutputHelper output)
{
    public string Stack => application.Stack;

    /// <summary>Variables of this application's own, for the processes that deploy it.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    /// <summary>Runs a verb to its end, and writes down how long that took.</summary>
    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(account.Variables, StringComparer.Ordinal);
        foreach (var name in new[] { "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "ASPIRE_BACKCHANNEL_PATH" })
        {
            environment[name] = null;
        }

        foreach (var (name, value) in Variables)
        {
            environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        await using var process = VerbProcess.Start(
            application.AppHost,
            [.. arguments, "--environment", ProofAccount.Environment],
            environment
        );
        var outcome = await process.EndAsync(account.Patience.Verb);
        output.WriteLine($"{string.Join(' ', arguments)}: {clock.Elapsed.TotalSeconds:0} s");
        return outcome;
    }

    /// <summary>When the stack was changed last.</summary>
    public async Task<string> ChangedAsync()
    {
        var stack = (await account.AwsAsync("cloudformation", "describe-stacks", "--stack-name", Stack))["Stacks"]![0]!;
        return $"{stack["LastUpdatedTime"] ?? stack["CreationTime"]}";
    }

    /// <summary>The address of the load balancer, as the stack says it.</summary>
    public async Task<Uri> AddressAsync() =>
        new(
            (string)
                (await account.AwsAsync("cloudformation", "describe-stacks", "--stack-name", Stack))["Stacks"]![0]!["Outputs"]!
                    .AsArray()
                    .Single(output => (string)output!["OutputKey"]! == "Url")!["OutputValue"]!
        );

    /// <summary>The image that a service runs.</summary>
    public async Task<string> ImageAsync(string service) => (string)(await ContainerAsync(service))["image"]!;

    /// <summary>The revision that a service runs: <c>profiler-proof-api:2</c>.</summary>
    public async Task<string> RevisionAsync(string service)
    {
        var described = await account.AwsAsync("ecs", "describe-services", "--cluster", Stack, "--services", service);
        return ((string)described["services"]![0]!["taskDefinition"]!).Split('/')[1];
    }

    /// <summary>The digests in a repository.</summary>
    public async Task<IReadOnlyList<string>> ImagesAsync(string name) =>
        [
            .. (await account.AwsAsync("ecr", "describe-images", "--repository-name", $"{Stack}/{name}"))["imageDetails"]!
                .AsArray()
                .Select(image => (string)image!["imageDigest"]!),
        ];

    /// <summary>The lines of a service's log group that have a text.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string service, string text) =>
        [
            .. (
                await account.AwsAsync(
                    "logs",
                    "filter-log-events",
                    "--log-group-name",
                    $"/ecs/{Stack}/{service}",
                    "--filter-pattern",
                    $"\"{text}\""
                )
            )["events"]!
                .AsArray()
                .Select(line => (string)line!["message"]!),
        ];

    /// <summary>What many deploys would have left of a service: an image each, and a revision that runs it; the oldest first.</summary>
    /// <returns>The digests.</returns>
    public async Task<IReadOnlyList<string>> PushOldAsync(string service, int count)
    {
        var manifest = await ManifestAsync(service);
        var digests = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
        {
            var old = manifest.DeepClone();
            old["annotations"] = new JsonObject { ["old"] = $"{number}" };
            digests[number] = await PutAsync(service, old, $"content-{number:x64}");
        });
        var definition = (await account.AwsAsync("ecs", "describe-task-definition", "--task-definition", $"{Stack}-{service}"))[
            "taskDefinition"
        ]!;
        foreach (var digest in digests)
        {
            var containers = definition["containerDefinitions"]!.DeepClone();
            containers[0]!["image"] = $"{((string)containers[0]!["image"]!).Split('@')[0]}@{digest}";
            await account.AwsAsync(
                "ecs",
                "register-task-definition",
                "--cli-input-json",
                new JsonObject
                {
                    ["family"] = $"{Stack}-{service}",
                    ["containerDefinitions"] = containers,
                    ["volumes"] = definition["volumes"]?.DeepClone() ?? new JsonArray(),
                    ["networkMode"] = (string)definition["networkMode"]!,
                    ["executionRoleArn"] = (string)definition["executionRoleArn"]!,
                    ["requiresCompatibilities"] = definition["requiresCompatibilities"]!.DeepClone(),
                    ["cpu"] = (string)definition["cpu"]!,
                    ["memory"] = (string)definition["memory"]!,
                }.ToJsonString()
            );
        }

        return digests;
    }

    /// <summary>An image that no deploy has pushed.</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> PushStrangeAsync(string service)
    {
        var manifest = await ManifestAsync(service);
        manifest["annotations"] = new JsonObject { ["by"] = "hand" };
        return await PutAsync(service, manifest, "by-hand");
    }

    /// <summary>The container that is the service.</summary>
    private async Task<JsonNode> ContainerAsync(string service)
    {
        var definition = await account.AwsAsync("ecs", "describe-task-definition", "--task-definition", await RevisionAsync(service));
        return definition["taskDefinition"]!["containerDefinitions"]!
            .AsArray()
            .Single(container => (string)container!["name"]! == service)!;
    }

    private async Task<JsonObject> ManifestAsync(string service) =>
        JsonNode
            .Parse(
                (string)
                    (
                        await account.AwsAsync(
                            "ecr",
                            "batch-get-image",
                            "--repository-name",
                            $"{Stack}/{service}",
                            "--image-ids",
                            $"imageDigest={(await ImageAsync(service)).Split('@')[1]}"
                        )
                    )["images"]![0]!["imageManifest"]!
            )!
            .AsObject();

    private async Task<string> PutAsync(string service, JsonNode manifest, string tag) =>
        (string)
            (
                await account.AwsAsync(
                    "ecr",
                    "put-image",
                    "--repository-name",
                    $"{Stack}/{service}",
                    "--image-manifest",
                    manifest.ToJsonString(),
                    "--image-tag",
                    tag
                )
            )["image"]!["imageId"]!["imageDigest"]!;
}
