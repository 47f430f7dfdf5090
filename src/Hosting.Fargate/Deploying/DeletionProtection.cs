using System.Xml.Linq;
using Amazon.Runtime;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>A database of a stack.</summary>
/// <param name="Id">Its logical id.</param>
/// <param name="Type">What CloudFormation calls it.</param>
/// <param name="Name">What RDS calls it.</param>
internal sealed record DeployedDatabase(string Id, string Type, string Name);

/// <summary>
/// Whether RDS refuses to delete the databases of a stack. CloudFormation would find that out when all else is gone, so what is to go is
/// let go before; what stays after all is protected again. A change of that alone takes effect at once, interrupts nothing, and waits for
/// no maintenance:
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html.
/// </summary>
internal sealed class DeletionProtection(StackSession session) : IDisposable
{
    private const string Version = "2014-10-31";

    /// <summary>For how long a database may be busy with something else, such as its backup.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>For how long RDS may say of itself what it was told to change.</summary>
    private static readonly TimeSpan s_effect = TimeSpan.FromMinutes(2);

    private readonly PlainCalls _calls = new(session.Aws, session.Account);

    public void Dispose() => _calls.Dispose();

    /// <summary>The databases with data that are in a stack.</summary>
    public async Task<IReadOnlyList<DeployedDatabase>> DatabasesAsync(LiveStack stack, CancellationToken cancellationToken) =>
        [
            .. (await session.Stacks.ResourcesAsync(stack.Id, cancellationToken))
                .Values.Where(resource =>
                    DatabaseTypes.HoldsData(resource.ResourceType, resource.LogicalResourceId)
                    && resource.PhysicalResourceId is { Length: > 0 }
                    && resource.ResourceStatus?.Value != "DELETE_COMPLETE"
                )
                .Select(resource => new DeployedDatabase(resource.LogicalResourceId, resource.ResourceType, resource.PhysicalResourceId))
                .OrderBy(database => database.Name, StringComparer.Ordinal),
        ];

    /// <summary>Those that RDS refuses to delete. Where it may not be asked, those that the template says so of.</summary>
    public async Task<IReadOnlyList<DeployedDatabase>> ProtectedAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        List<DeployedDatabase> found = [];
        HashSet<string>? said = null;
        foreach (var database in await DatabasesAsync(stack, cancellationToken))
        {
            if (await IsOnAsync(database, cancellationToken) is not { } isOn)
            {
                said ??= [.. DatabaseProtection.In(await session.Stacks.TemplateAsync(stack, cancellationToken))];
                isOn = said.Contains(database.Id);
            }

            if (isOn)
            {
                found.Add(database);
            }
        }

        return found;
    }

    /// <summary>Those that are to be protected, and that RDS says are not.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="wanted">The logical ids of those that are to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DeployedDatabase>> MissingAsync(
        LiveStack stack,
        IEnumerable<string> wanted,
        CancellationToken cancellationToken
    )
    {
        var ids = wanted.ToHashSet(StringComparer.Ordinal);
        List<DeployedDatabase> missing = [];
        foreach (var database in ids.Count == 0 ? [] : await DatabasesAsync(stack, cancellationToken))
        {
            if (ids.Contains(database.Id) && await IsOnAsync(database, cancellationToken) == false)
            {
                missing.Add(database);
            }
        }

        return missing;
    }

    /// <summary>Lets databases be deleted, which was agreed to.</summary>
    /// <exception cref="DistributedApplicationException">One is not in a state in which RDS changes that.</exception>
    public async Task LiftAsync(IEnumerable<DeployedDatabase> databases, CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            await SetAsync(database, false, cancellationToken);
            session.Logger.LogInformation("{Database}: its deletion protection is lifted", database.Name);
        }
    }

    /// <summary>
    /// Protects those again that stay after all: where a change was rolled back, or an earlier deploy was cut off before it changed
    /// anything. Where that cannot be done it is said, and the next deploy does it.
    /// </summary>
    /// <param name="stack">The stack.</param>
    /// <param name="wanted">The logical ids of those that are to be protected.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RestoreAsync(LiveStack stack, IEnumerable<string> wanted, CancellationToken cancellationToken)
    {
        foreach (var database in await MissingAsync(stack, wanted, cancellationToken))
        {
            try
            {
                await SetAsync(database, true, cancellationToken);
                session.Logger.LogInformation("{Database}: its deletion protection is on again", database.Name);
            }
            catch (Exception exception)
                when (exception is DistributedApplicationException || AwsFailure.IsNoAnswer(exception, cancellationToken))
            {
                session.Logger.LogWarning(
                    "{Database} is without deletion protection, and could not be given it: {Reason} The next deploy tries again",
                    database.Name,
                    exception.Message
                );
            }
        }
    }

    /// <summary>Whether RDS refuses to delete one; not where it is gone, null where RDS may not be asked.</summary>
    private async Task<bool?> IsOnAsync(DeployedDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            var kind = KindOf(database);
            var answer = await _calls.QueryAsync(
                "rds",
                Version,
                $"Describe{kind}s",
                [new($"{kind}Identifier", database.Name)],
                cancellationToken
            );

            // What is in a cluster has such an element of its own.
            return Elements(answer.Root!, kind)
                .SelectMany(one => one.Elements())
                .Any(element => element is { Name.LocalName: DatabaseProtection.Property, Value: "true" });
        }
        catch (AmazonServiceException exception) when (IsMissing(exception))
        {
            return false;
        }
        catch (Exception exception) when (AwsFailure.IsNoAnswer(exception, cancellationToken))
        {
            return null;
        }
    }

    private async Task SetAsync(DeployedDatabase database, bool isOn, CancellationToken cancellationToken)
    {
        // Without ApplyImmediately, which this needs not, and which would bring forward whatever waits for the next maintenance.
        var kind = KindOf(database);
        KeyValuePair<string, string>[] parameters =
        [
            new($"{kind}Identifier", database.Name),
            new(DatabaseProtection.Property, isOn ? "true" : "false"),
        ];
        var (waiting, begun, isTold) = (new Waiting(session.Time), session.Time.GetTimestamp(), false);
        while (true)
        {
            try
            {
                await _calls.QueryAsync("rds", Version, $"Modify{kind}", parameters, cancellationToken);
                break;
            }
            catch (AmazonServiceException exception) when (IsMissing(exception))
            {
                return;
            }
            catch (AmazonServiceException exception) when (IsBusy(exception) || AwsFailure.IsPassing(exception))
            {
                if (session.Time.GetElapsedTime(begun) > s_patience)
                {
                    throw new DistributedApplicationException(
                        $"RDS does not {(isOn ? "turn on" : "lift")} the deletion protection of the database '{database.Name}': "
                            + $"{exception.Message} Once it is available (a stopped one is to be started), run this again.",
                        exception
                    );
                }

                if (!isTold)
                {
                    session.Logger.LogInformation("{Database} is busy; waiting: {Reason}", database.Name, exception.Message);
                    isTold = true;
                }
            }

            await waiting.PauseAsync(cancellationToken);
        }

        for (
            begun = session.Time.GetTimestamp();
            session.Time.GetElapsedTime(begun) < s_effect && await IsOnAsync(database, cancellationToken) == !isOn;
            await waiting.PauseAsync(cancellationToken)
        ) { }
    }

    private static string KindOf(DeployedDatabase database) => database.Type == DatabaseTypes.Cluster ? "DBCluster" : "DBInstance";

    private static bool IsMissing(AmazonServiceException exception) =>
        exception.ErrorCode?.StartsWith("DBInstanceNotFound", StringComparison.Ordinal) == true
        || exception.ErrorCode?.StartsWith("DBClusterNotFound", StringComparison.Ordinal) == true;

    /// <summary>
    /// Its codes by https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html, and of clusters.
    /// </summary>
    private static bool IsBusy(AmazonServiceException exception) =>
        exception.ErrorCode?.StartsWith("InvalidDBInstanceState", StringComparison.Ordinal) == true
        || exception.ErrorCode?.StartsWith("InvalidDBClusterState", StringComparison.Ordinal) == true;

    private static IEnumerable<XElement> Elements(XElement root, string name) =>
        root.Descendants().Where(element => element.Name.LocalName == name);
}
