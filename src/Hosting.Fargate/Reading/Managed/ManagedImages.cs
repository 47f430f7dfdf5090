namespace Hosting.Fargate.Reading;

/// <summary>
/// The images for which what AWS runs can stand in: the makers' own, those that others build of nothing but the same, and those whose
/// extension RDS has.
/// </summary>
internal static class ManagedImages
{
    /// <summary>By the names of <see cref="KnownImages"/> that <see cref="KnownServers"/> has.</summary>
    private static readonly Dictionary<string, string[]> s_images = new(StringComparer.Ordinal)
    {
        // The extensions of the last three are in RDS too:
        // https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-extensions.html.
        ["postgres"] = ["library/postgres", .. BitnamiOf("postgresql"), "ankane/pgvector", "pgvector/pgvector", "postgis/postgis"],
        ["mysql"] = ["library/mysql", "mysql/mysql-server", "mysql/community-server", .. BitnamiOf("mysql")],
        ["mssql"] = ["mssql/server", "library/azure-sql-edge"],
        ["rabbitmq"] = ["library/rabbitmq", .. BitnamiOf("rabbitmq")],
        ["redis"] = Caches,
        ["valkey"] = Caches,
        ["garnet"] = Caches,
    };

    private static string[] Caches =>
        ["library/redis", "valkey/valkey", "library/valkey", "microsoft/garnet", .. BitnamiOf("redis"), .. BitnamiOf("valkey")];

    /// <param name="server">The name in <see cref="KnownImages"/> of what the resource is.</param>
    /// <param name="reference">The image that it has.</param>
    public static bool StandsFor(string server, string reference) =>
        Array.Exists(s_images[server], repository => KnownImages.IsOf(reference, repository));

    private static string[] BitnamiOf(string name) => [$"bitnami/{name}", $"bitnamilegacy/{name}", $"bitnamisecure/{name}"];
}
