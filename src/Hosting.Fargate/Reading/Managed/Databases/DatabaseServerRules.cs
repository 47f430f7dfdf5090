using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What keeps a server from being an instance of RDS.</summary>
internal static class DatabaseServerRules
{
    private const int MostReplicas = 15;

    /// <summary>A sentence each, behind the name of the server.</summary>
    public static IEnumerable<string> Problems(ContainerResource resource, DatabaseServer server, NetworkPlan network)
    {
        var options = server.Options;
        if (server.UserName is Text { Content: var user } && !server.Engine.IsUserName(user))
        {
            yield return $"has the user '{user}', which RDS does not take for {server.Engine.Title}: 1 to 16 letters, digits and "
                + $"underscores, a letter first, and no word of its own. Give it another one (WithUserName).";
        }

        if (server.Password.Rotation is not null)
        {
            yield return $"is a database of RDS whose password '{server.Password.Name}' is rotated (WithRotation), and what deploy "
                + $"puts would differ from it. Take WithRotation away; a deploy with a new value changes both.";
        }

        foreach (var problem in server.Aurora is { } aurora ? ProblemsOf(aurora) : ProblemsOf(server, server.Rds!))
        {
            yield return problem;
        }

        if (options.InitialDatabase is not null && !server.Engine.MakesDatabase)
        {
            yield return $"is {server.Engine.Title}, with which RDS makes no database: a task makes all. Take InitialDatabase away.";
        }
        else if (options.InitialDatabase is { } initial && !server.Engine.IsDatabaseName(initial))
        {
            yield return $"has InitialDatabase = \"{initial}\", a word of {server.Engine.Title}'s own. Take another name.";
        }

        if (network is ExistingNetwork { TaskSubnets.Length: < 2 })
        {
            yield return "is a database of RDS, which wants subnets in two zones, and WithExistingVpc names one for tasks. Name another.";
        }

        if (resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.IsExternal) is { } external)
        {
            yield return $"is a database of RDS and has the external endpoint '{external.Name}'. It has no public address: take "
                + "WithExternalHttpEndpoints or IsExternal away.";
        }

        if (server.Databases.FirstOrDefault(database => database.Name.Any(IsSpecial)) is { } named)
        {
            yield return $"has the database '{named.Name}', and a task makes it: without quotes, backslashes, brackets and what "
                + $"cannot be seen. Give it another name (AddDatabase(…, databaseName)).";
        }

        if (
            server.Databases.FirstOrDefault(database => database.Script?.Contains("{{resolve:", StringComparison.Ordinal) == true) is
            { } scripted
        )
        {
            yield return $"has the database '{scripted.Name}' whose script holds the text '{{{{resolve:', which CloudFormation would "
                + $"replace by a secret's value. Write it otherwise.";
        }
    }

    private static IEnumerable<string> ProblemsOf(DatabaseServer server, RelationalDatabase options)
    {
        if (options.MaximumStorageGigabytes is { } most && most * 10 < options.StorageGigabytes * 11)
        {
            yield return $"has {options.StorageGigabytes} GiB of storage to begin with, and {most} at the most. RDS wants a tenth "
                + $"more than it begins with: MaximumStorageGigabytes = {((options.StorageGigabytes * 11) + 9) / 10} or more, or null.";
        }

        if (options.MultiAz && !server.Engine.HasStandby)
        {
            yield return $"is {server.Engine.Title}, of which no second server stands by. Take MultiAz away.";
        }

        if (options.RestoreFrom?.Contains(":cluster-snapshot:", StringComparison.Ordinal) == true)
        {
            yield return "has RestoreFrom with the snapshot of a cluster, of which RDS makes no instance. Use PublishAsAurora, or the snapshot of an "
                + "instance.";
        }
    }

    /// <summary>
    /// What RDS has no replicas of, what it needs for one, and how many:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html.
    /// </summary>
    public static IEnumerable<string> ProblemsOfReplicas(DatabaseServer server)
    {
        if (server.Replicas is not [var first, ..])
        {
            yield break;
        }

        if (server.Aurora is { Instances: 1 })
        {
            yield return $"has the replica '{first.Name}' (AddReadReplica), and its cluster has one instance, which writes. Give it "
                + "another: PublishAsAurora(database => database.Instances = 2).";
        }

        if (server.Aurora is not null && server.Replicas.FirstOrDefault(replica => replica.InstanceClass is not null) is { } sized)
        {
            yield return $"is a cluster of Aurora, whose instances all have its capacity, and its replica '{sized.Name}' has "
                + "InstanceClass. Take that away.";
        }

        if (server.Rds is not null && !server.Engine.HasReplicas)
        {
            yield return $"is {server.Engine.Title}, which has no replicas, and has '{first.Name}' (AddReadReplica). Take that away, and "
                + $"refer to '{server.Name}' itself.";
        }

        if (server.Rds is { BackupDays: 0 })
        {
            yield return $"has no backups (BackupDays = 0), with which its replica '{first.Name}' is made. Let it have them: "
                + "BackupDays = 1 or more.";
        }

        if (server.Rds is not null && server.Replicas.Length > MostReplicas)
        {
            yield return $"has {server.Replicas.Length} replicas (AddReadReplica), and RDS lets it have {MostReplicas}. Take some away.";
        }
    }

    private static IEnumerable<string> ProblemsOf(AuroraDatabase options)
    {
        if (options.MinimumCapacity > options.MaximumCapacity)
        {
            yield return FormattableString.Invariant(
                $"has {options.MinimumCapacity} ACU at the least and {options.MaximumCapacity} at the most. Turn them round."
            );
        }
    }

    private static bool IsSpecial(char character) => char.IsControl(character) || "'\"`\\[]".Contains(character);
}
