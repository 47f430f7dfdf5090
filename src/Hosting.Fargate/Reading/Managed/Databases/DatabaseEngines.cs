using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Which engine of RDS a container is, by its type and its image: not every model has the packages of all servers.</summary>
internal static partial class DatabaseEngines
{
    /// <summary>All that there are, and what adds them, for people.</summary>
    public static string Known => string.Join(", ", DatabaseEngine.All.Select(engine => $"{engine.Title} ({engine.AddedBy})"));

    /// <summary>Those that Aurora has too.</summary>
    public static string KnownToAurora =>
        string.Join(
            " and ",
            DatabaseEngine.All.Where(engine => AuroraEngines.Of(engine) is not null).Select(engine => $"{engine.Title} ({engine.AddedBy})")
        );

    /// <returns>Null for what RDS does not run.</returns>
    public static DatabaseEngine? Find(ContainerResource resource) =>
        Named(ImageOf(resource)?.Name) ?? Named(KnownServers.Find(resource)?.Name);

    /// <summary>
    /// The major version of a container's image, where RDS has it: of <c>18.3</c>, <c>17-alpine</c> and <c>0.8.0-pg17</c>; null where its
    /// tag says none.
    /// </summary>
    public static string? VersionOf(ContainerResource resource, DatabaseEngine engine) =>
        HereOf(resource, engine) is { } version && (engine.MajorVersions.IsEmpty || engine.MajorVersions.Contains(version))
            ? version
            : null;

    /// <summary>The major version of a container's image; null where its tag says none.</summary>
    public static string? HereOf(ContainerResource resource, DatabaseEngine engine)
    {
        var tag = resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Tag ?? "";
        var match =
            engine.KnownAs == DatabaseEngine.Postgres.KnownAs && PostgresWithin().Match(tag) is { Success: true } within
                ? within
                : First().Match(tag);
        return match.Success && engine.MajorOf(match.Groups["version"].Value) is var version
            ? engine.ImageVersions.GetValueOrDefault(version, version)
            : null;
    }

    /// <summary>The image of a container where it is another than that of the engine's makers; null where it is that.</summary>
    public static string? OtherImageOf(ContainerResource resource, DatabaseEngine engine) =>
        resource.TryGetContainerImageName(out var image)
        && !image.Split('@', ':')[0].EndsWith(KnownImages.Named(engine.KnownAs).Repositories[0], StringComparison.Ordinal)
            ? image
            : null;

    private static DatabaseEngine? Named(string? known) => DatabaseEngine.All.FirstOrDefault(engine => engine.KnownAs == known);

    private static KnownImage? ImageOf(ContainerResource resource) =>
        resource.TryGetContainerImageName(out var image) ? KnownImages.Find(image) : null;

    [GeneratedRegex(@"pg(?<version>[0-9]+)")]
    private static partial Regex PostgresWithin();

    [GeneratedRegex(@"\A(?<version>[0-9]+(?:\.[0-9]+)*)(?:-|\z)")]
    private static partial Regex First();
}
