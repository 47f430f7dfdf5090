using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>
/// Databases and brokers that a deploy would take away, or make anew without what is in them. It does neither until it is said by name:
/// <c>deploy --allow-data-loss NAME</c>.
/// </summary>
internal static class DataLoss
{
    /// <summary>The configuration key of the names that it is agreed for, with commas between them.</summary>
    public const string Key = "Fargate:AllowDataLoss";

    /// <summary>
    /// Properties that the schema of instances has among those that may replace one, and that do not by their documentation:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html.
    /// </summary>
    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal)
    {
        "AutoMinorVersionUpgrade",
        "BackupRetentionPeriod",
        "DBParameterGroupName",
        "MultiAZ",
        "PreferredMaintenanceWindow",
        "StorageType",
    };

    /// <summary>Whether what happens to a resource is that the data of a database is no longer served.</summary>
    public static bool IsIn(PlannedChange change) =>
        change is { Type: Broker.Type, Kind: ChangeKind.Remove or ChangeKind.Replace }
        || DatabaseTypes.HoldsData(change.Type, change.Id)
            && change.Kind switch
            {
                ChangeKind.Remove or ChangeKind.Replace => true,
                ChangeKind.MayReplace => change.Properties.Count == 0
                    || change.Properties.Any(property =>
                        !s_harmless.Contains(property.Path.Split('/')[0]) && IsConditional(change.Type, property.Path)
                    ),
                _ => false,
            };

    /// <summary>The databases whose data is no longer served after changes.</summary>
    public static IEnumerable<PlannedChange> DatabasesIn(IEnumerable<PlannedChange> changes) =>
        changes.Where(change => change.Type != Broker.Type && IsIn(change));

    /// <summary>The databases that changes make anew, or may.</summary>
    /// <returns>Their logical ids.</returns>
    public static IReadOnlySet<string> MadeAnewIn(IEnumerable<PlannedChange> changes) =>
        DatabasesIn(changes)
            .Where(change => change.Kind != ChangeKind.Remove)
            .Select(change => change.Id)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>What was agreed to by name.</summary>
    /// <param name="allowed">The names, with commas between them; null for none.</param>
    /// <returns>The logical ids that it may be about.</returns>
    public static IReadOnlySet<string> Agreed(string? allowed) =>
        (allowed ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(name => DatabaseServer.ResourceIdsOf(name).Append(name).Append(Names.Id(name) + Broker.Suffix))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>For a person, what happens to the data.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isProtected">Whether RDS refuses to delete the database as it is.</param>
    public static string Describe(PlannedChange change, bool isProtected) =>
        Describe(change) + (isProtected ? " Its deletion protection is lifted for that." : "");

    private static string Describe(PlannedChange change) =>
        change.Type == Broker.Type
            ? $"CAREFUL: {change.Id} ({change.Type}) is {(change.Kind == ChangeKind.Remove ? "deleted" : "replaced")}, and the messages in it "
                + "are lost."
        : change.Kind == ChangeKind.Remove
            ? $"CAREFUL: {change.Id} ({change.Type}) is deleted with its data. A final snapshot of it stays in the account."
        : $"CAREFUL: {change.Id} ({change.Type}) {(change.Kind == ChangeKind.Replace ? "is" : "may be")} replaced, and its data is lost "
            + $"with it: the new one begins without it. A final snapshot of the old one stays in the account.";

    /// <summary>The databases and brokers that were services of ECS until now: what their volumes hold does not come along.</summary>
    /// <returns>The ids of what takes their place.</returns>
    public static IEnumerable<string> WereContainers(IReadOnlyCollection<PlannedChange> changes) =>
        from added in changes
        where added.Kind == ChangeKind.Add
        let suffix = added.Type == DatabaseTypes.Instance ? DatabaseServer.Suffix
        : added.Type == DatabaseTypes.Cluster ? DatabaseServer.AuroraSuffix
        : added.Type == Broker.Type ? Broker.Suffix
        : null
        where suffix is not null && added.Id.EndsWith(suffix, StringComparison.Ordinal)
        let service = $"{added.Id[..^suffix.Length]}Service"
        where changes.Any(change => change is { Type: "AWS::ECS::Service", Kind: ChangeKind.Remove } && change.Id == service)
        select added.Id;

    /// <summary>For a person, what happens to the data of such a database or broker.</summary>
    public static string DescribeContainer(string id) =>
        $"CAREFUL: {id} takes the place of a container, and begins without its data. A volume that the container had stays in the account.";

    /// <summary>Ends a deploy that would lose data which nobody has agreed to lose.</summary>
    /// <param name="changes">What it would do.</param>
    /// <param name="application">The application.</param>
    /// <param name="allowed">The names that are agreed to, with commas between them; null for none.</param>
    /// <param name="state">What was changed until now, in a sentence.</param>
    /// <exception cref="DistributedApplicationException">There is one that is not agreed to; the message has all of them, and what to
    /// write.</exception>
    public static void Refuse(IReadOnlyCollection<PlannedChange> changes, FargateApplication application, string? allowed, string state)
    {
        var agreed = Agreed(allowed);
        List<string> refused = [];
        foreach (var change in changes.Where(change => IsIn(change) && !agreed.Contains(change.Id)))
        {
            var name = application.Databases.FirstOrDefault(server => server.ResourceId == change.Id)?.Name
                ?? application.Brokers.FirstOrDefault(broker => broker.ResourceId == change.Id)?.Name;
            var other = application.Databases.FirstOrDefault(server => DatabaseServer.ResourceIdsOf(server.Name).Contains(change.Id));
            refused.Add(
                (name is null && other is not null ? WhyOfOther(other) : Why(change, name))
                    + $" Agree to that with --allow-data-loss {name ?? other?.Name ?? change.Id}."
            );
        }

        foreach (var id in WereContainers(changes).Where(id => !agreed.Contains(id)))
        {
            refused.Add(WhyOfContainer(id, application));
        }

        if (refused.Count > 0)
        {
            throw new DistributedApplicationException($"{string.Join('\n', refused)}\n{state}");
        }
    }

    private static string WhyOfContainer(string id, FargateApplication application)
    {
        if (application.Brokers.FirstOrDefault(broker => broker.ResourceId == id) is { Name: var broker })
        {
            return $"The broker '{broker}' was a container until now, and would be one of Amazon MQ, which begins without its messages. Keep the "
                + "container: PublishAsContainer(). Or let its queues run empty first. Agree to that with "
                + $"--allow-data-loss {broker}.";
        }

        var name = application.Databases.FirstOrDefault(server => server.ResourceId == id)?.Name ?? id;
        return $"The database '{name}' was a container until now, and would be one of RDS, which begins without its data. Keep the "
            + "container: PublishAsContainer(). Or make sure that the data is elsewhere, and can be loaded into the new one. Agree to "
            + $"that with --allow-data-loss {name}.";
    }

    /// <summary>Whether a property is among those that may replace an instance, so that it may be what does.</summary>
    private static bool IsConditional(string type, string path) =>
        Replacements.Perhaps(type).Concat(Replacements.Always(type)).Contains(path.Split('/')[0]);

    /// <summary>One that Aurora runs now and RDS did, or the other way round.</summary>
    private static string WhyOfOther(DatabaseServer server) =>
        $"The database '{server.Name}' would be {(server.Aurora is null ? "an instance of RDS" : "a cluster of Aurora")}, which begins without the "
        + $"data of the {(server.Aurora is null ? "cluster of Aurora" : "instance of RDS")} that it was; a final snapshot of that would stay. Keep "
        + $"{(server.Aurora is null ? "PublishAsAurora" : "PublishAsRds")}"
        + (server.Aurora is null ? "." : ", or begin with a snapshot of the instance: RestoreFrom.");

    private static string Why(PlannedChange change, string? name)
    {
        if (change.Type == Broker.Type)
        {
            return $"The broker '{name ?? change.Id}' would be {(change.Kind == ChangeKind.Remove ? "deleted" : "made anew")}, and the messages "
                + "in it lost. Keep it as it was.";
        }

        if (change.Kind == ChangeKind.Remove)
        {
            return $"The database '{change.Id}' is no longer in the model, and would be deleted; a final snapshot of it would stay. Keep "
                + $"it in the model.";
        }

        string[] properties =
        [
            .. change
                .Properties.Select(property => property.Path.Split('/')[0])
                .Where(property => IsConditional(change.Type, property))
                .Distinct(),
        ];
        return $"The database '{name ?? change.Id}' would be made anew, without its "
            + $"data{(properties.Length > 0 ? $", since {string.Join(" and ", properties)} of it "
            + $"{(properties.Length == 1 ? "changes" : "change")}" : "")}; a final snapshot of the old one would stay. Keep it as it was"
            + (
                properties.Contains("DBName") || properties.Contains("DatabaseName")
                    ? $" ({(change.Type == DatabaseTypes.Cluster ? "PublishAsAurora" : "PublishAsRds")}(database => database.InitialDatabase = \"…\") says which database it was "
                        + "made with)."
                    : "."
            );
    }
}
