using System.Globalization;
using System.Xml.Linq;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Plans;

namespace Hosting.Fargate.Deploying;

/// <summary>A snapshot of a database that stays until somebody deletes it, as a final one does.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Made">When it was made; null where it still is.</param>
internal sealed record DatabaseSnapshot(string Name, DateTime? Made);

/// <summary>Such snapshots, as far as they may be listed.</summary>
internal static class DatabaseSnapshots
{
    private const int MaxPages = 20;

    /// <summary>
    /// What RDS has of an instance or a cluster, or of all:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html,
    /// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshots.html. None where they may not be listed.
    /// </summary>
    /// <param name="calls">What calls it.</param>
    /// <param name="type">What CloudFormation calls the database.</param>
    /// <param name="database">Its name; null for those of all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<DatabaseSnapshot>> ListAsync(
        PlainCalls calls,
        string type,
        string? database,
        CancellationToken cancellationToken
    )
    {
        var kind = type == DatabaseTypes.Cluster ? "DBCluster" : "DB";
        List<KeyValuePair<string, string>> asked = [new("SnapshotType", "manual")];
        if (database is not null)
        {
            asked.Add(new(type == DatabaseTypes.Cluster ? "DBClusterIdentifier" : "DBInstanceIdentifier", database));
        }

        List<DatabaseSnapshot> found = [];
        try
        {
            string? marker = null;
            for (var page = 0; page < MaxPages && (page == 0 || marker is not null); page++)
            {
                var answer = await calls.QueryAsync(
                    "rds",
                    "2014-10-31",
                    $"Describe{kind}Snapshots",
                    marker is null ? asked : [.. asked, new("Marker", marker)],
                    cancellationToken
                );
                found.AddRange(All(answer, $"{kind}Snapshot").Select(snapshot => Read(snapshot, kind)));
                marker = All(answer, "Marker").FirstOrDefault()?.Value is { Length: > 0 } next ? next : null;
            }
        }
        catch (Exception exception) when (AwsFailure.IsNoAnswer(exception, cancellationToken))
        {
            // They are there, under whatever names.
        }

        return found;
    }

    /// <summary>
    /// A line for each database that would begin empty where a final snapshot of an earlier one is there, as after <c>destroy --data</c>:
    /// by the name that CloudFormation gives such a snapshot, after the stack and the resource.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OfEarlierAsync(
        PlainCalls calls,
        FargateApplication application,
        IEnumerable<PlannedChange> changes,
        CancellationToken cancellationToken
    )
    {
        List<string> lines = [];
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Add))
        {
            if (
                application.Databases.FirstOrDefault(server => server.ResourceId == change.Id && server.Options.RestoreFrom is null)
                is not { } server
            )
            {
                continue;
            }

            var beginning = $"{application.Name}-snapshot-{change.Id}-".ToLowerInvariant();
            var earlier = (await ListAsync(calls, change.Type, null, cancellationToken))
                .Where(snapshot => snapshot.Made is not null && snapshot.Name.StartsWith(beginning, StringComparison.Ordinal))
                .MaxBy(snapshot => snapshot.Made);
            if (earlier is { Made: { } made })
            {
                var method = server.Aurora is null ? "PublishAsRds" : "PublishAsAurora";
                lines.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"CAREFUL: the database '{server.Name}' begins empty, and a final snapshot of an earlier one is there, of {made:yyyy-MM-dd HH:mm} UTC. To begin with it: "
                    ) + $"{method}(database => database.RestoreFrom = \"{earlier.Name}\")."
                );
            }
        }

        return lines;
    }

    private static DatabaseSnapshot Read(XElement snapshot, string kind)
    {
        string? Of(string name) => snapshot.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        return new(
            Of($"{kind}SnapshotIdentifier") ?? "",
            DateTime.TryParse(
                Of("SnapshotCreateTime"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var made
            )
                ? made
                : null
        );
    }

    private static IEnumerable<XElement> All(XDocument answer, string name) =>
        answer.Descendants().Where(element => element.Name.LocalName == name);
}
