using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Emulated;

/// <summary>
/// Every option of the matrix, in an account: the first model is made from nothing, each is changed into the next, and in the end nothing
/// is left.
/// </summary>
public sealed class MatrixDeploymentTests(EmulatedStacks stacks) : IClassFixture<EmulatedStacks>
{
    [Fact]
    public async Task From_nothing_through_every_model_to_nothing()
    {
        await stacks.ResetAsync();
        await stacks.ProvideAsync();
        Dictionary<string, Publication> deployed = new(StringComparer.Ordinal);
        List<string> problems = [];
        foreach (var row in await TemplateMatrix.ModelsForTools())
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
}
