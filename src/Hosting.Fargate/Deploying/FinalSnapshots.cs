using System.Xml;
using Amazon.Runtime;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>What stays of the databases of an application that is destroyed: a final snapshot of each.</summary>
internal sealed class FinalSnapshots
{
    private const string Instance = "AWS::RDS::DBInstance";

    private readonly StackSession _session;
    private readonly IReadOnlyList<string> _instances;

    private FinalSnapshots(StackSession session, IReadOnlyList<string> instances)
    {
        _session = session;
        _instances = instances;
    }

    /// <summary>A line for each database that goes.</summary>
    public IEnumerable<string> Lines => _instances.Select(instance => $"the database '{instance}', of which a final snapshot stays");

    /// <summary>The databases of a stack.</summary>
    /// <exception cref="DistributedApplicationException">One refuses to be deleted: found before anything is.</exception>
    public static async Task<FinalSnapshots> OfAsync(StackSession session, LiveStack stack, CancellationToken cancellationToken)
    {
        var resources = await session.Stacks.ResourcesAsync(stack.Id, cancellationToken);
        string[] instances =
        [
            .. resources
                .Values.Where(resource => resource.ResourceType == Instance)
                .Select(resource => resource.PhysicalResourceId)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
        if (instances.Length > 0)
        {
            var template = await session.Stacks.TemplateAsync(stack, cancellationToken);
            if ((template.At("Resources") as TemplateMap ?? []).FirstOrDefault(IsProtected) is { Key: { } id })
            {
                throw new DistributedApplicationException(
                    $"The database '{id}' of '{stack.Name}' refuses to be deleted "
                        + $"(DeletionProtection), and nothing was. Deploy once without that, then destroy."
                );
            }
        }

        return new FinalSnapshots(session, instances);
    }

    /// <summary>
    /// The names that CloudFormation gave the snapshots:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html. None where they may not be listed.
    /// </summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(_session.Aws, _session.Account);
        List<string> names = [];
        foreach (var instance in _instances)
        {
            try
            {
                var answer = await calls.QueryAsync(
                    "rds",
                    "2014-10-31",
                    "DescribeDBSnapshots",
                    [new("DBInstanceIdentifier", instance), new("SnapshotType", "manual")],
                    cancellationToken
                );
                names.AddRange(
                    answer.Descendants().Where(element => element.Name.LocalName == "DBSnapshotIdentifier").Select(element => element.Value)
                );
            }
            catch (Exception exception)
                when (!cancellationToken.IsCancellationRequested
                    && exception
                        is AmazonServiceException
                            or AmazonClientException
                            or HttpRequestException
                            or TaskCanceledException
                            or XmlException
                )
            {
                // They are there, under whatever names.
            }
        }

        return names;
    }

    private static bool IsProtected(KeyValuePair<string, TemplateNode> resource) =>
        resource.Value.At("Type").AsText() == Instance && resource.Value.At("Properties", "DeletionProtection").AsBool() == true;
}
