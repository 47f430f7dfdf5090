using Amazon.Runtime;
using Aspire.Hosting;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Aws;
using Hosting.Fargate.Deploying.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>The list of the addresses that CloudFront comes from, of which each region has its own: what a template cannot know.</summary>
internal static class EdgeAddresses
{
    /// <summary>The template's parameter for it; none where the template has none, or the stack has its value already.</summary>
    /// <exception cref="DistributedApplicationException">The region has none, or it may not be looked up.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(
        Deployment deployment, LiveStack? live, CancellationToken cancellationToken)
    {
        const string id = EdgeComposer.PrefixListParameter;
        if (deployment.Templates.Application.Parameters[id] is null
            || (live is { HoldsResources: true } && live.Parameters.ContainsKey(id)))
        {
            return new Dictionary<string, string>();
        }

        using var calls = new PlainCalls(deployment.Aws, deployment.Account);
        try
        {
            // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html
            var answer = await calls.QueryAsync(
                "ec2",
                "2016-11-15",
                "DescribeManagedPrefixLists",
                [new("Filter.1.Name", "prefix-list-name"), new("Filter.1.Value.1", EdgeComposer.PrefixListName)],
                cancellationToken);
            var list = answer.Descendants().FirstOrDefault(element => element.Name.LocalName == "prefixListId")?.Value
                ?? throw new DistributedApplicationException(
                    $"{deployment.Account.Region} has no list of the addresses that CloudFront comes from ({EdgeComposer.PrefixListName}), "
                    + "by which the load balancer knows it. Deploy to another region, or leave WithCloudFront out.");
            return new Dictionary<string, string>(StringComparer.Ordinal) { [id] = list };
        }
        catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException)
        {
            var code = exception is AmazonServiceException { ErrorCode: { Length: > 0 } said } ? said : exception.Message;
            throw new DistributedApplicationException(
                $"The addresses that CloudFront comes from could not be looked up (ec2:DescribeManagedPrefixLists: {code}). Whoever "
                + "deploys with WithCloudFront must be allowed it, as deployer-policy.json has it.", exception);
        }
    }
}
