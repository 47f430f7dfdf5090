using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What databases of RDS cost by the month, and what of it is billed by use.</summary>
internal static class DatabaseCosts
{
    public static IEnumerable<CostLine> Of(FargateApplication application)
    {
        foreach (var server in application.Databases)
        {
            foreach (var line in server.Aurora is { } aurora ? Of(server, aurora) : Of(server, server.Rds!))
            {
                yield return line;
            }
        }
    }

    /// <summary>What a server costs a month, as it begins; null for a class whose price is not known here, and for a cluster.</summary>
    public static decimal? MonthOf(DatabaseServer server) =>
        server.Rds is { } options && DatabasePrices.Hour(server.Engine, server.InstanceClass) is { } hour
            ? ((hour * Prices.HoursOfMonth) + (DatabasePrices.GigabyteMonth * options.StorageGigabytes)) * (options.MultiAz ? 2 : 1)
            : null;

    public static IEnumerable<UncountedCost> ByUse(FargateApplication application)
    {
        foreach (
            var server in application.Databases.Where(server =>
                server.Rds is not null && DatabasePrices.Hour(server.Engine, server.InstanceClass) is null
            )
        )
        {
            yield return new UncountedCost(
                $"{server.Name}: {server.InstanceClass} with {server.Engine.Title}",
                $"by the hour: {server.Engine.PricingPage}"
            );
        }

        foreach (
            var unknown in from server in application.Databases
            where server.Rds is not null
            from replica in server.Replicas
            where DatabasePrices.Hour(server.Engine, server.ClassOf(replica)) is null
            select new UncountedCost(TitleOf(server, replica), $"by the hour: {server.Engine.PricingPage}")
        )
        {
            yield return unknown;
        }

        if (application.Databases.Any(server => server.Rds is not null))
        {
            yield return new UncountedCost(
                "Storage of databases as it grows",
                $"{CostText.Price(DatabasePrices.GigabyteMonth)} a GB and month, in each zone"
            );
            yield return new UncountedCost(
                "Backups of databases beyond the size of their storage, and final snapshots",
                $"{CostText.Price(DatabasePrices.BackupGigabyteMonth)} a GB and month"
            );
        }

        if (application.Databases.Any(server => server.Aurora is not null))
        {
            yield return new UncountedCost(
                "Storage of Aurora",
                $"{CostText.Price(DatabasePrices.AuroraGigabyteMonth)} a GB and month, and {CostText.Price(DatabasePrices.MillionAuroraRequests)} a "
                    + "million reads and writes of it"
            );
            yield return new UncountedCost(
                "Backups of Aurora beyond the size of its storage, and final snapshots",
                $"{CostText.Price(DatabasePrices.AuroraBackupGigabyteMonth)} a GB and month"
            );
        }
    }

    private static IEnumerable<CostLine> Of(DatabaseServer server, RelationalDatabase options)
    {
        foreach (var replica in server.Replicas)
        {
            if (DatabasePrices.Hour(server.Engine, server.ClassOf(replica)) is { } ofReplica)
            {
                yield return new CostLine(TitleOf(server, replica), ofReplica * Prices.HoursOfMonth, 1);
            }

            if (options.RestoreFrom is null)
            {
                yield return new CostLine(
                    $"{replica.Name}: storage in GB, as it begins",
                    DatabasePrices.GigabyteMonth,
                    options.StorageGigabytes
                );
            }
        }

        var copies = options.MultiAz ? 2 : 1;
        if (DatabasePrices.Hour(server.Engine, server.InstanceClass) is { } hour)
        {
            yield return new CostLine(
                $"{server.Name}: {server.InstanceClass} with {server.Engine.Title}{(copies == 2 ? ", in two zones" : "")}",
                hour * Prices.HoursOfMonth,
                copies
            );
        }

        if (options.RestoreFrom is null)
        {
            yield return new CostLine(
                $"{server.Name}: storage in GB, as it begins",
                DatabasePrices.GigabyteMonth,
                options.StorageGigabytes * copies
            );
        }
    }

    private static string TitleOf(DatabaseServer server, DatabaseReplica replica) =>
        $"{replica.Name}: {server.ClassOf(replica)} with {server.Engine.Title}, a replica of {server.Name}";

    /// <summary>From the least capacity to the most, all the time.</summary>
    private static IEnumerable<CostLine> Of(DatabaseServer server, AuroraDatabase options) =>
        [
            new CostLine(
                $"{server.Name}: capacity of {server.Engine.Title} in ACU",
                DatabasePrices.CapacityUnitHour * Prices.HoursOfMonth,
                options.MinimumCapacity * options.Instances,
                options.MaximumCapacity * options.Instances
            ),
        ];
}
