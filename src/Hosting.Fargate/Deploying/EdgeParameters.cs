using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// What a template with CloudFront cannot know of its region: the list of the addresses that CloudFront comes from, and the zones that a
/// VPC origin can be in.
/// </summary>
internal sealed class EdgeParameters(DeploySession session, LiveStack? live, CancellationToken cancellationToken)
{
    /// <summary>
    /// The zones that have no VPC origins:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html#vpc-origins-supported-regions.
    /// </summary>
    private static readonly HashSet<string> s_without = ["use1-az3", "usw1-az2", "apne1-az3", "cac1-az3"];

    /// <summary>
    /// The values of the template's parameters for it; none of those that the template has not, or the stack has already.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The region cannot have it, or it may not be looked up.</exception>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync()
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        using var calls = new PlainCalls(session.Aws, session.Account);
        if (IsNeeded(EdgeComposer.PrefixListParameter))
        {
            values[EdgeComposer.PrefixListParameter] = await PrefixListAsync(calls);
        }

        if (session.Application.Network is OwnNetwork network && IsNeeded(EdgeComposer.ZonesParameter, network.Zones))
        {
            values[EdgeComposer.ZonesParameter] = string.Join(',', await ZonesAsync(calls, network));
        }

        return values;
    }

    private bool IsNeeded(string parameter, int values = 1) =>
        session.Templates.Application.Parameters[parameter] is not null
        && !(live is { HoldsResources: true } && live.Parameters.GetValueOrDefault(parameter)?.Split(',').Length >= values);

    private async Task<string> PrefixListAsync(PlainCalls calls)
    {
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html
        var answer = await AskAsync(
            calls,
            "DescribeManagedPrefixLists",
            ("Filter.1.Name", "prefix-list-name"),
            ("Filter.1.Value.1", EdgeComposer.PrefixListName)
        );
        return answer.Descendants().FirstOrDefault(element => element.Name.LocalName == "prefixListId")?.Value
            ?? throw new DistributedApplicationException(
                $"{session.Account.Region} has no list of the addresses that CloudFront comes from ({EdgeComposer.PrefixListName}), "
                    + "by which the load balancer knows it. Deploy to another region, or leave WithCloudFront out."
            );
    }

    /// <summary>The zones of the network, in the order of its subnets: as they are, and of new ones the first that can have it.</summary>
    private async Task<IEnumerable<string>> ZonesAsync(PlainCalls calls, OwnNetwork network)
    {
        var there = await ZonesThereAsync(calls, network);
        if (there.FirstOrDefault(zone => s_without.Contains(zone.Id)) is { Id: not null } without)
        {
            throw new DistributedApplicationException(
                $"'{session.Application.Name}' has subnets in {without.Name} ({without.Id}), a zone that has no way from CloudFront to a load "
                    + "balancer (VPC origins). destroy and deploy makes the network in other zones, unless a database or broker is in it (destroy --data); or leave WithCloudFront out."
            );
        }

        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
        var answer = await AskAsync(
            calls,
            "DescribeAvailabilityZones",
            ("Filter.1.Name", "zone-type"),
            ("Filter.1.Value.1", "availability-zone")
        );
        var more = answer
            .Descendants()
            .Where(element => Text(element, "zoneName") is not null && !s_without.Contains(Text(element, "zoneId") ?? ""))
            .Select(element => Text(element, "zoneName")!)
            .Except(there.Select(zone => zone.Name))
            .Order(StringComparer.Ordinal);
        return there.Select(zone => zone.Name).Concat(more).Take(network.Zones);
    }

    /// <summary>The zones of the subnets that there are.</summary>
    private async Task<IReadOnlyList<(string Name, string Id)>> ZonesThereAsync(PlainCalls calls, OwnNetwork network)
    {
        var resources = live is { HoldsResources: true } ? await session.Stacks.ResourcesAsync(live.Id, cancellationToken) : null;
        string[] subnets =
        [
            .. SharedIds
                .Zones(network)
                // After destroy those of databases alone may be there.
                .Select(zone =>
                    (
                        resources?.GetValueOrDefault($"PublicSubnet{zone}") ?? resources?.GetValueOrDefault(SharedIds.DataSubnet(zone))
                    )?.PhysicalResourceId
                )
                .OfType<string>(),
        ];
        if (subnets.Length == 0)
        {
            return [];
        }

        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
        var answer = await AskAsync(
            calls,
            "DescribeSubnets",
            [.. subnets.Select((subnet, index) => (string.Create(CultureInfo.InvariantCulture, $"SubnetId.{index + 1}"), subnet))]
        );
        var found = answer
            .Descendants()
            .Where(element => Text(element, "subnetId") is not null)
            .ToDictionary(
                element => Text(element, "subnetId")!,
                element => (Text(element, "availabilityZone")!, Text(element, "availabilityZoneId")!)
            );
        return [.. subnets.Where(found.ContainsKey).Select(subnet => found[subnet])];
    }

    private static string? Text(XElement element, string child) =>
        element.Elements().FirstOrDefault(found => found.Name.LocalName == child)?.Value;

    private async Task<XDocument> AskAsync(PlainCalls calls, string operation, params (string Name, string Value)[] parameters)
    {
        try
        {
            var asked = parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value));
            return await calls.QueryAsync("ec2", "2016-11-15", operation, asked, cancellationToken);
        }
        catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException)
        {
            var code = exception is AmazonServiceException { ErrorCode: { Length: > 0 } said } ? said : exception.Message;
            throw new DistributedApplicationException(
                $"What CloudFront needs to know of {session.Account.Region} could not be looked up (ec2:{operation}: {code}). Whoever "
                    + "deploys with WithCloudFront must be allowed it, as deployer-policy.json has it.",
                exception
            );
        }
    }
}
