using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Reading;

/// <summary>What a server's container has here and its instance of RDS has not.</summary>
internal static class DatabaseNotices
{
    /// <summary>How long RDS takes to make an instance.</summary>
    public const string Minutes = "5 to 15 minutes";

    /// <summary>What is so since the model says nothing else, what it costs, and what says otherwise.</summary>
    public static Notice OfDefault(DatabaseServer server) =>
        new(
            server.Name,
            $"is a database of Amazon RDS, since the model says nothing else: {server.Engine.Title} {server.Version} on "
                + $"{server.InstanceClass}"
                + (DatabaseCosts.MonthOf(server) is { } month ? $", about {CostText.Amount(month)} USD a month" : "")
                + $". A first deploy takes {Minutes} longer. PublishAsRds(database => …) says more of it, and PublishAsContainer() keeps it "
                + "in a container.",
            IsNews: true
        );

    public static IEnumerable<Notice> Of(ContainerResource resource, DatabaseServer server, ServerSettings settings)
    {
        if (
            settings.Volumes.Select(volume => $"volume '{volume}'").Concat(ServerSettings.DataFoldersOf(resource)).FirstOrDefault() is
            { } data
        )
        {
            yield return Notice($"has the {data} here alone: RDS keeps its data itself, and begins without any.");
        }

        if (
            ServerSettings.MountsOf(resource).Any(mount => !ServerSettings.IsOfData(mount, resource))
            || resource.HasAnnotationOfType<ContainerFileSystemCallbackAnnotation>()
        )
        {
            yield return Notice(
                "has files in its container (WithInitFiles, WithBindMount) here alone. What they do to its databases, a program of the "
                    + "model does on AWS, as migrations do: one that the services wait for (WaitForCompletion).",
                isWarning: true
            );
        }

        if (settings.Arguments.Count > 0)
        {
            yield return Notice(
                $"has arguments (WithArgs) here alone: {string.Join(' ', settings.Arguments)}. RDS has parameter groups for such settings "
                    + "(ConfigureTemplate).",
                isWarning: true
            );
        }

        if (settings.Others.Any())
        {
            yield return Notice(
                $"has {string.Join(" and ", settings.Others)} (WithEnvironment) here alone: an instance of RDS has no variables.",
                isWarning: true
            );
        }

        if (DatabaseEngines.HereOf(resource, server.Engine) is { } here && here != server.MajorVersion)
        {
            yield return Notice(
                $"is version {here} here, and {server.MajorVersion} on AWS"
                    + (
                        server.Options.EngineVersion is null
                            ? $": {server.Engine.Service} has {Listed(server.Engine.MajorVersions)}."
                            : " (EngineVersion)."
                    )
                    + " Run the same here: WithImageTag.",
                isWarning: true
            );
        }

        if (DatabaseEngines.OtherImageOf(resource, server.Engine) is { } image)
        {
            yield return Notice(
                $"is '{image}' here, and {server.Engine.Title} {server.Version}{(server.Aurora is null ? " of RDS" : "")} on AWS, with the extensions that "
                    + $"{server.Engine.Service} has: "
                    + $"{server.Engine.Extensions}."
                    + (
                        KnownImages.IsOf(image, "postgis/postgis")
                            ? " What the image does of itself a migration has to: CREATE EXTENSION IF NOT EXISTS postgis."
                            : ""
                    ),
                isWarning: KnownImages.IsOf(image, "postgis/postgis")
            );
        }

        if (server.Options.RestoreFrom is null)
        {
            foreach (var notice in UserParameter.Notices(resource.Name, server.UserName, server.Engine.IsUserName, server.Engine.Service))
            {
                yield return notice;
            }
        }

        if (server is { Rds.AllowMajorVersionUpgrade: true, Replicas: [var replica, ..] } && server.Engine == DatabaseEngine.MySql)
        {
            yield return Notice(
                $"may become another major version (AllowMajorVersionUpgrade), which RDS refuses while it has the replica "
                    + $"'{replica.Name}': take AddReadReplica away for that deploy, and add it in the next.",
                isWarning: true
            );
        }

        if (server.Engine.Limits is { } limits)
        {
            yield return Notice($"is {server.Engine.Title} on AWS: {limits}");
        }

        Notice Notice(string text, bool isWarning = false) => new(resource.Name, text, isWarning);
    }

    private static string Listed(IReadOnlyList<string> versions) =>
        versions.Count == 1 ? $"{versions[0]} alone" : $"{string.Join(", ", versions.SkipLast(1))} and {versions[^1]}";
}
