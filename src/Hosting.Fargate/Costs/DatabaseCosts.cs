using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What databases of RDS cost by the month, and what of it is billed by use.</summary>
internal static class DatabaseCosts
{
    public static IEnumerable<CostLine> Of(FargateApplication application)
    {
        foreach (var server in application.Databases)
        {
            var copies = server.Options.MultiAz ? 2 : 1;
            if (DatabasePrices.Hour(server.Engine, server.InstanceClass) is { } hour)
            {
                yield return new CostLine(
                    $"{server.Name}: {server.InstanceClass} with " + $"{server.Engine.Title}{(copies == 2 ? ", in two zones" : "")}",
                    hour * Prices.HoursOfMonth,
                    copies
                );
            }

            if (server.Options.RestoreFrom is null)
            {
                yield return new CostLine(
                    $"{server.Name}: storage in GB, as it " + $"begins",
                    DatabasePrices.GigabyteMonth,
                    server.Options.StorageGigabytes * copies
                );
            }
        }
    }

    /// <summary>What a server costs a month, as it begins; null for a class whose price is not known here.</summary>
    public static decimal? MonthOf(DatabaseServer server) =>
        DatabasePrices.Hour(server.Engine, server.InstanceClass) is { } hour
            ? ((hour * Prices.HoursOfMonth) + (DatabasePrices.GigabyteMonth * server.Options.StorageGigabytes))
                * (server.Options.MultiAz ? 2 : 1)
            : null;

    public static IEnumerable<UncountedCost> ByUse(FargateApplication application)
    {
        foreach (var server in application.Databases.Where(server => DatabasePrices.Hour(server.Engine, server.InstanceClass) is null))
        {
            yield return new UncountedCost(
                $"{server.Name}: {server.InstanceClass} with {server.Engine.Title}",
                $"by the hour: " + $"{server.Engine.PricingPage}"
            );
        }

        if (application.Databases.Length > 0)
        {
            yield return new UncountedCost(
                "Storage of databases as it grows",
                $"{CostText.Price(DatabasePrices.GigabyteMonth)} a GB and " + $"month, in each zone"
            );
            yield return new UncountedCost(
                "Backups of databases beyond the size of their storage, and final snapshots",
                $"{CostText.Price(DatabasePrices.BackupGigabyteMonth)} a GB and month"
            );
        }
    }
}
