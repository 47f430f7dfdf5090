using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>
/// What is added to a model changes nothing of what was there, letter by letter: so a plan shows what somebody did and no more.
/// </summary>
public sealed class StabilityTests
{
    private const string Dashboard = "Dashboard";
    private const string FirstBacklog = "the first scaling by backlog";

    /// <summary>What is added, and the resources that it changes beside the dashboard, which shows every service and queue.</summary>
    private static readonly Dictionary<string, (Action<Shop> Add, string[] Changed)> s_additions = new()
    {
        ["an external service"] = (
            shop =>
                shop.Builder.AddWeb("pages").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/pages/*")),
            [Dashboard]
        ),
        ["external services without a route"] = (
            shop =>
            {
                shop.Builder.AddWeb("pages").WithExternalHttpEndpoints();
                shop.Builder.AddWeb("admin").WithExternalHttpEndpoints();
            },
            [Dashboard]
        ),
        ["an internal service"] = (shop => shop.Builder.AddWeb("prices"), [Dashboard]),
        ["a worker"] = (shop => shop.Builder.AddWorker("mailer"), [Dashboard]),
        ["a container with a volume"] = (
            shop => shop.Builder.AddContainer("search", "opensearch", "3").WithVolume("search-data", "/data"),
            [Dashboard]
        ),
        ["a service that calls an external one by its address"] = (
            shop =>
                shop.Builder.AddWorker("probe")
                    .WithEnvironment("API", shop.Api.GetEndpoint("http"))
                    .PublishAsFargateService(service => (service.Capacity, service.Telemetry) = (Capacity.External, Telemetry.None)),
            [Dashboard]
        ),
        ["a service that calls another by name for the first time"] = (
            // It gets Service Connect: its proxy, and what the proxy leaves of the task's memory. Its security group's words say who may
            // call.
            shop => shop.Builder.AddWorker("caller").WithReference(shop.Api),
            [Dashboard, "ApiSecurityGroup", "ApiService", "ApiTaskDefinition"]
        ),
        ["a second service that calls another by name"] = (shop => shop.Builder.AddWorker("caller").WithReference(shop.Stock), [Dashboard]),
        ["an environment variable"] = (shop => shop.Worker.WithEnvironment("LEVEL", "3"), ["WorkerTaskDefinition"]),
        ["a parameter"] = (
            shop => shop.Worker.WithEnvironment("STAGE", shop.Builder.AddParameter("stage", "prod")),
            ["WorkerTaskDefinition"]
        ),
        ["a secret"] = (
            shop => shop.Worker.WithEnvironment("KEY", shop.Builder.AddParameter("key", secret: true)),
            ["WorkerExecutionRole", "WorkerTaskDefinition"]
        ),
        ["text with a secret inside"] = (
            shop =>
                shop.Worker.WithEnvironment(
                    "DB",
                    ReferenceExpression.Create($"Password={shop.Builder.AddParameter("password", secret: true)}")
                ),
            ["WorkerExecutionRole", "WorkerTaskDefinition"]
        ),
        ["a queue"] = (shop => shop.Builder.AddSqsQueue("mails"), [Dashboard]),
        ["a queue for a service"] = (
            shop => shop.Worker.WithReference(shop.Builder.AddSqsQueue("mails"), QueueAccess.Send),
            [Dashboard, "WorkerTaskDefinition", "WorkerTaskRole"]
        ),
        ["a bucket"] = (shop => shop.Builder.AddS3Bucket("reports"), []),
        ["a bucket for a service"] = (
            shop => shop.Worker.WithReference(shop.Builder.AddS3Bucket("reports"), BucketAccess.Read),
            ["WorkerTaskDefinition", "WorkerTaskRole"]
        ),
        ["a scheduled task"] = (shop => shop.Builder.AddWorker("nightly").PublishAsFargateTask(task => task.OnSchedule("rate(1 day)")), []),
        ["a task in each deploy"] = (shop => shop.Builder.AddWorker("seed").PublishAsFargateTask(), []),
        [FirstBacklog] = (
            // Container Insights measures the running tasks that the backlog is divided by; it is the cluster's to switch on. Each service
            // then has an alarm on tasks that are missing, which is in its stack where it has one.
            shop =>
                shop.Builder.AddWorker("packer")
                    .WithReference(shop.Jobs, QueueAccess.Consume)
                    .PublishAsFargateService(service => service.Scale(1, 5).OnBacklog(shop.Jobs, 5)),
            ["Cluster", Dashboard]
        ),
        ["the first service on instances"] = (
            // The cluster says once what its tasks may run on.
            shop => shop.Builder.AddWorker("trainer").PublishAsFargateService(service => service.Capacity = Capacity.Ec2("large")),
            ["ClusterCapacityProviders", Dashboard]
        ),
    };

    public static TheoryData<string, bool> Additions
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var addition in s_additions.Keys)
            {
                data.Add(addition, true);
                data.Add(addition, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Additions))]
    public async Task What_is_added_changes_nothing_else(string addition, bool isNested)
    {
        var (add, changed) = s_additions[addition];
        var before = Blocks(await Published.ModelAsync(builder => _ = new Shop(builder, isNested)));
        var after = Blocks(await Published.ModelAsync(builder => add(new Shop(builder, isNested))));
        Assert.Empty(before.Keys.Except(after.Keys));

        var different = before.Keys.Where(id => before[id] != after[id]);
        Assert.Equal((isNested ? changed.Concat(StacksOf(addition, changed)).Distinct() : changed).Order(), different.Order());
    }

    [Fact]
    public async Task The_order_of_the_model_changes_no_resource()
    {
        var one = Blocks(
            await Published.ModelAsync(builder =>
            {
                builder.AddWorker("first").WithEnvironment("A", "1").WithEnvironment("B", "2");
                builder.AddWorker("second");
            })
        );
        var other = Blocks(
            await Published.ModelAsync(builder =>
            {
                builder.AddWorker("second");
                builder.AddWorker("first").WithEnvironment("B", "2").WithEnvironment("A", "1");
            })
        );
        Assert.Equal(
            one.Where(block => block.Key != Dashboard).OrderBy(block => block.Key),
            other.Where(block => block.Key != Dashboard).OrderBy(block => block.Key)
        );
    }

    /// <summary>The stacks that changed resources are in: a stack's template is found by its content.</summary>
    private static IEnumerable<string> StacksOf(string addition, string[] changed) =>
        addition == FirstBacklog
            ? ["ApiStack", "StockStack", "WorkerStack"]
            : new[] { "Api", "Worker" }
                .Where(service => changed.Any(id => id.StartsWith(service, StringComparison.Ordinal)))
                .Select(service => $"{service}Stack");

    /// <summary>Each resource as the YAML and the JSON have it, comments too, by its logical id.</summary>
    private static Dictionary<string, string> Blocks(Publication publication)
    {
        Dictionary<string, string> blocks = [];
        foreach (var template in publication.Templates.All)
        {
            using var json = JsonDocument.Parse(TemplateJson.Write(template));
            var yaml = YamlBlocks(
                publication.Files.Single(file => Path.GetFileName(file.Name) == $"{template.StackName}.template.yaml").Content
            );
            Assert.Equal(template.Resources.Select(resource => resource.Id), yaml.Keys);
            foreach (var resource in json.RootElement.GetProperty("Resources").EnumerateObject())
            {
                blocks.Add(resource.Name, $"{yaml[resource.Name]}\n{resource.Value.GetRawText()}");
            }
        }

        return blocks;
    }

    private static OrderedDictionary<string, string> YamlBlocks(string yaml)
    {
        OrderedDictionary<string, string> blocks = [];
        StringBuilder comment = new();
        string? id = null;
        foreach (
            var line in yaml.Split('\n')
                .SkipWhile(line => line != "Resources:")
                .Skip(1)
                .TakeWhile(line => line.Length == 0 || line[0] == ' ')
        )
        {
            if (line.StartsWith("  # ", StringComparison.Ordinal))
            {
                id = null;
                comment.Append(line.StartsWith("  # ----", StringComparison.Ordinal) ? "" : line + "\n");
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            {
                id = line.Trim().TrimEnd(':');
                blocks[id] = comment + line;
                comment.Clear();
            }
            else if (id is not null)
            {
                blocks[id] += "\n" + line;
            }
        }

        foreach (var (name, block) in blocks.ToList())
        {
            blocks[name] = block.TrimEnd('\n');
        }

        return blocks;
    }

    /// <summary>What is there before.</summary>
    private sealed class Shop
    {
        public Shop(IDistributedApplicationBuilder builder, bool isNested)
        {
            Builder = builder;
            var environment = builder.AddFargateEnvironment("shop").WithPrivateTasks();
            if (isNested)
            {
                environment.WithNestedStacks();
            }

            Jobs = builder.AddSqsQueue("jobs");
            Stock = builder.AddWeb("stock");
            Api = builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .WithReference(Jobs, QueueAccess.Send)
                .PublishAsFargateService(service =>
                {
                    service.WithRoute("/api/*");
                    service.Scale(2, 4).OnCpu(62.5);
                });
            Worker = builder.AddWorker("worker").WithReference(Jobs, QueueAccess.Consume).WithReference(Stock);
            builder.AddWorker("migrate").PublishAsFargateTask();
        }

        public IDistributedApplicationBuilder Builder { get; }

        public IResourceBuilder<SqsQueueResource> Jobs { get; }

        public IResourceBuilder<ProjectResource> Stock { get; }

        public IResourceBuilder<ProjectResource> Api { get; }

        public IResourceBuilder<ProjectResource> Worker { get; }
    }
}
