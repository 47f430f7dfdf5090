using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>How a foundation comes from what it is to what it is to be.</summary>
public sealed class FoundationTemplatesTests
{
    [Fact]
    public async Task AddingKeepsWhatHasLeftTheModelWithItsOutputs()
    {
        var before = await FoundationAsync(builder =>
        {
            var queue = builder.AddSqsQueue("old");
            builder.AddWorker("worker").WithReference(queue, QueueAccess.Consume);
        });
        var after = await FoundationAsync(builder =>
        {
            var queue = builder.AddSqsQueue("new");
            builder.AddWorker("other").WithReference(queue, QueueAccess.Consume);
        });

        var merged = FoundationTemplates.Adding(before, after);
        Assert.Superset(Keys(before, "Resources"), Keys(merged, "Resources"));
        Assert.Superset(Keys(after, "Resources"), Keys(merged, "Resources"));
        Assert.Superset(Keys(before, "Outputs"), Keys(merged, "Outputs"));
        Assert.DoesNotContain("OldQueue", Keys(after, "Resources"));
    }

    [Fact]
    public async Task AddingTakesTheNewFormOfWhatIsInBoth()
    {
        static Task<TemplateMap> WithTimeout(int minutes) =>
            FoundationAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithReference(builder.AddSqsQueue("jobs").WithVisibilityTimeout(TimeSpan.FromMinutes(minutes)), QueueAccess.Consume)
            );

        var merged = FoundationTemplates.Adding(await WithTimeout(1), await WithTimeout(2));
        Assert.Equal(120, merged.At("Resources", "JobsQueue", "Properties", "VisibilityTimeout").AsInt());
    }

    [Fact]
    public async Task ImportingHasWhatIsThereAndWhatComesInAndNoMore()
    {
        var wanted = await FoundationAsync(Model);
        var template = FoundationTemplates.Importing(null, wanted, ["ApiKeySecret"]);

        Assert.Equal(["ApiKeySecret"], Keys(template, "Resources"));
        Assert.NotNull(template.At("Resources", "ApiKeySecret", "DeletionPolicy"));
        Assert.Null(template["Outputs"]);
    }

    [Fact]
    public async Task ImportingLeavesForLaterWhatNeedsSomethingThatIsNotThereYet()
    {
        var wanted = await FoundationAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithBucketAccessLogs();
            Model(builder);
        });
        Assert.NotNull(wanted.At("Resources", "FilesBucket", "Properties", "LoggingConfiguration"));
        var template = FoundationTemplates.Importing(null, wanted, ["FilesBucket"]);

        Assert.Null(template.At("Resources", "FilesBucket", "Properties", "LoggingConfiguration"));
        Assert.NotNull(template.At("Resources", "FilesBucket", "Properties", "PublicAccessBlockConfiguration"));
        Assert.NotNull(wanted.At("Resources", "FilesBucket", "Properties", "LoggingConfiguration"));
    }

    [Fact]
    public async Task EverythingIsMadeDeletableButSecrets()
    {
        var live = await FoundationAsync(Model);
        var template = FoundationTemplates.Deletable(live);

        foreach (var (id, resource) in (TemplateMap)template["Resources"]!)
        {
            var isKept = resource.At("DeletionPolicy").AsText() is "Retain" or "RetainExceptOnCreate";
            Assert.Equal(resource.At("Type").AsText() == "AWS::SecretsManager::Secret", isKept);
            if (live.At("Resources", id, "DeletionPolicy") is not null && !isKept)
            {
                Assert.NotNull(resource.At("Metadata"));
            }
        }
    }

    private static void Model(IDistributedApplicationBuilder builder)
    {
        var key = builder.AddParameter("api-key", secret: true);
        builder.AddWeb("api").WithEnvironment("KEY", key).WithReference(builder.AddS3Bucket("files"), BucketAccess.Read);
    }

    private static async Task<TemplateMap> FoundationAsync(Action<IDistributedApplicationBuilder> model) =>
        TemplateJson.ToMap((await Published.ModelAsync(model)).Templates.Foundation);

    private static HashSet<string> Keys(TemplateMap template, string section) => [.. ((TemplateMap)template[section]!).Keys];
}
