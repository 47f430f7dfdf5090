using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Emulated;

/// <summary>
/// Every option of the matrix, in an account: the first model is made from nothing, each is changed into the next, and in the end nothing is left.
/// </summary>
public sealed class MatrixDeploymentTests(EmulatedStacks stacks) : IClassFixture<EmulatedStacks>
{
    /// <summary><c>DEPLOY_MATRIX=all</c> goes through all models; else through so many that each option is in one.</summary>
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("DEPLOY_MATRIX") == "all";

    [Fact]
    public async Task From_nothing_through_every_model_to_nothing()
    {
        await stacks.ResetAsync();
        await stacks.ProvideAsync();
        Dictionary<string, Publication> deployed = new(StringComparer.Ordinal);
        List<string> problems = [];
        foreach (var row in await RowsAsync())
        {
            // An application whose values another takes is not made anew while that one is there.
            await DestroyAsync(deployed, name => name.StartsWith("office", StringComparison.Ordinal));
            foreach (var publication in row.Publications)
            {
                try
                {
                    using var deployment = new ModelDeployment(stacks.Aws, publication);
                    deployed[publication.Application.Name] = publication;
                    await deployment.DeployAsync();
                }
                catch (Exception exception)
                    when (exception is Aspire.Hosting.DistributedApplicationException or Amazon.Runtime.AmazonServiceException)
                {
                    problems.Add($"{publication.Application.Name}, {row.Name}:\n{exception.Message}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
        await DestroyAsync(deployed, name => name.StartsWith("office", StringComparison.Ordinal));
        await DestroyAsync(deployed, _ => true);

        // Logs are kept where a model said so; and moto makes the alarms of a scaling policy that changes anew, and forgets the old ones.
        string[] meant = ["logGroups /ecs/shop-foundation/", "logGroups /ecs/shop-staging-foundation/", "MetricAlarms TargetTracking-"];
        Assert.Equal(
            [],
            from left in await stacks.LeftAsync()
            where !meant.Any(start => left.StartsWith(start, StringComparison.Ordinal))
            select left
        );
    }

    private async Task DestroyAsync(Dictionary<string, Publication> deployed, Func<string, bool> isMeant)
    {
        foreach (var (name, publication) in deployed.Where(entry => isMeant(entry.Key)).ToList())
        {
            using var deployment = new ModelDeployment(stacks.Aws, publication);
            await deployment.DestroyAsync();
            deployed.Remove(name);
        }
    }

    /// <summary>As many models as it takes for each value of each dimension, in the order of the matrix.</summary>
    private static async Task<IReadOnlyList<TemplateMatrix.Row>> RowsAsync()
    {
        var rows = await TemplateMatrix.Models;
        if (s_isThorough)
        {
            return rows;
        }

        var missing = TemplateMatrix
            .Sizes.SelectMany((size, dimension) => Enumerable.Range(0, size).Select(value => (dimension, value)))
            .ToHashSet();
        List<TemplateMatrix.Row> chosen = [];
        while (missing.Count > 0)
        {
            var next = rows.Except(chosen)
                .MaxBy(row => row.Choices.Index().Count(choice => missing.Contains((choice.Index, choice.Item))))!;
            missing.ExceptWith(next.Choices.Index().Select(choice => (choice.Index, choice.Item)));
            chosen.Add(next);
        }

        return chosen;
    }
}
