using System.Text;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Data;
using Hosting.Fargate.Tests.Validation.OwnRules;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>Every option at least once, and with every other that it goes with.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Any_two_choices_meet_in_a_model_unless_they_are_refused_together()
    {
        var (rows, impossible) = TemplateMatrix.Cover;
        Assert.All(rows, row => Assert.True(TemplateMatrix.IsAllowed(row)));
        var missing = AllPairs.All(TemplateMatrix.Sizes).Except(rows.SelectMany(AllPairs.PairsOf)).ToList();
        Assert.Equal(impossible.Order(Comparer), missing.Order(Comparer));
        Assert.All(missing, pair =>
            Assert.Contains(TemplateMatrix.Exclusions, exclusion =>
                exclusion.Indexes is [var one, var other]
                && (one.Dimension < other.Dimension ? (one, other) : (other, one)) is var (low, high)
                && (low.Dimension, high.Dimension) == (pair.Dimension, pair.OtherDimension)
                && low.Values.Contains(pair.Value)
                && high.Values.Contains(pair.OtherValue)
            )
        );
        Assert.InRange(rows.Count, 25, 60);
    }

    public static IEnumerable<TheoryDataRow<int, string>> Refused =>
        TemplateMatrix
            .Exclusions.Index()
            .SelectMany(entry =>
                Combinations(entry.Item)
                    .Select(choices => new TheoryDataRow<int, string>(entry.Index, string.Join(',', choices))
                    {
                        TestDisplayName = $"What does not meet is refused: {TemplateMatrix.Describe(choices)}",
                    })
            );

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_does_not_meet_is_refused(int exclusion, string choices)
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            TemplateMatrix.PublishAsync([.. choices.Split(',').Select(int.Parse)])
        );
        Assert.Contains(TemplateMatrix.Exclusions[exclusion].Reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_public_option_is_in_the_matrix()
    {
        Type[] parts =
        [
            typeof(EnvironmentDimensions),
            typeof(ServiceDimensions),
            typeof(DataDimensions),
            typeof(TemplateMatrix),
            typeof(MatrixModel),
        ];
        var called = parts.SelectMany(PublicOptions.CalledBy).ToHashSet();
        var missing = PublicOptions.All.Where(option => !called.Contains(option)).Select(PublicOptions.NameOf).ToList();
        Assert.True(missing.Count == 0, $"Give each a value of a dimension of {nameof(TemplateMatrix)}: {string.Join(", ", missing)}");
    }

    [Fact]
    public void An_option_that_the_matrix_lacks_is_noticed()
    {
        var called = PublicOptions.CalledBy(typeof(CallsOneOption));
        var option = Assert.Single(PublicOptions.All, called.Contains);
        Assert.Equal("FargateService.EnableExec", PublicOptions.NameOf(option));
        Assert.InRange(PublicOptions.All.Count(), 75, 200);
    }

    [Fact]
    public async Task Every_value_of_an_enumeration_is_in_the_matrix()
    {
        var applications = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .Select(publication => publication.Application)
            .ToList();
        var workloads = applications.SelectMany(application => application.Workloads).ToList();
        var accesses = workloads.SelectMany(workload => workload.Grants).OfType<DataGrant>().Select(grant => grant.Access).ToList();
        IEnumerable<Enum> Used<T>()
            where T : struct, Enum =>
            Enum.GetValues<T>().Cast<Enum>().Where(value => accesses.Any(access => access is T && access.HasFlag(value)));
        Dictionary<Type, IEnumerable<Enum>> used = new()
        {
            [typeof(Telemetry)] = workloads.Select(workload => workload.Telemetry).Distinct().Cast<Enum>(),
            [typeof(Architecture)] = workloads.Select(workload => workload.Architecture).Distinct().Cast<Enum>(),
            [typeof(CloudFrontPriceClass)] = applications
                .Select(application => application.Ingress.Edge?.PriceClass)
                .OfType<CloudFrontPriceClass>()
                .Distinct()
                .Cast<Enum>(),
            [typeof(ContainerInsights)] = applications
                .Select(application => application.Insights)
                .OfType<ContainerInsights>()
                .Distinct()
                .Cast<Enum>(),
            [typeof(QueueAccess)] = Used<QueueAccess>(),
            [typeof(DynamoDBKeyType)] = applications
                .SelectMany(application => application.Data.OfType<Table>())
                .SelectMany(table => table.Attributes)
                .Select(key => key.Type)
                .Distinct()
                .Cast<Enum>(),
            [typeof(TableAccess)] = Used<TableAccess>(),
            [typeof(BucketAccess)] = Used<BucketAccess>(),
        };
        Assert.All(PublicOptions.Enumerations, type => Assert.Equal(Enum.GetValues(type).Cast<Enum>().Order(), used[type].Order()));
    }

    [Fact]
    public async Task What_alarms_and_dashboards_watch_exists()
    {
        foreach (var row in await TemplateMatrix.Models)
        {
            Assert.Empty(row.Publications.SelectMany(publication => publication.Templates.All).SelectMany(WatchingRules.Check));
        }
    }

    [Fact]
    public void Container_Insights_metrics_are_counted_as_they_are_known()
    {
        Assert.Equal(InsightsMetrics.OfCluster, KnownMetrics.CountOf(KnownMetrics.Insights, "ClusterName"));
        Assert.Equal(InsightsMetrics.OfService, KnownMetrics.CountOf(KnownMetrics.Insights, "ClusterName,ServiceName"));
        Assert.Equal(InsightsMetrics.OfTaskDefinition, KnownMetrics.CountOf(KnownMetrics.Insights, "ClusterName,TaskDefinitionFamily"));
    }

    [Fact]
    public async Task Cfn_lint_has_nothing_to_say()
    {
        List<(string Name, string Content)> files = [];
        foreach (var (index, row) in (await TemplateMatrix.ModelsForTools()).Index())
        {
            foreach (var publication in row.Publications)
            {
                files.AddRange(
                    publication
                        .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                        .Select(file => ($"{file.Name} of {row.Name}.yaml", file.Content))
                );

                // What CloudFormation gets is the same in another form: some of them are enough.
                files.AddRange(
                    index > 1
                        ? []
                        : publication.Templates.All.Select(template =>
                            ($"{template.StackName} of {row.Name}.json", Encoding.UTF8.GetString(TemplateJson.Write(template)))
                        )
                );
            }
        }

        var found = await CfnLint.CheckAsync(files);
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public async Task Cfn_lint_is_asked_what_it_would_find()
    {
        var found = await CfnLint.CheckAsync([
            ("faulty.yaml", "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: { QueueNam: jobs }\n"),
        ]);
        Assert.Contains("QueueNam", Assert.Single(found), StringComparison.Ordinal);
    }

    private static Comparer<AllPairs.Pair> Comparer { get; } =
        Comparer<AllPairs.Pair>.Create(
            (left, right) =>
                (left.Dimension, left.OtherDimension, left.Value, left.OtherValue).CompareTo(
                    (right.Dimension, right.OtherDimension, right.Value, right.OtherValue)
                )
        );

    /// <summary>Models with nothing but what an exclusion is about.</summary>
    private static IEnumerable<int[]> Combinations(TemplateMatrix.Exclusion exclusion) =>
        exclusion.Indexes.Aggregate((IEnumerable<int[]>)[new int[TemplateMatrix.Dimensions.Count]], (rows, part) => rows.SelectMany(row =>
                part.Values.Select(value =>
                {
                    int[] chosen = [.. row];
                    chosen[part.Dimension] = value;
                    return chosen;
                })
            ));

    private static class CallsOneOption
    {
        public static void Set(FargateService service) => service.EnableExec = true;
    }
}
