using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>A front end whose files CloudFront serves out of a bucket.</summary>
internal sealed record Site
{
    /// <summary>Where its files are in the bucket. What deploy knows of releases is beside it, out of reach of browsers.</summary>
    public const string Files = "files";

    /// <summary>The name of the resource in the model.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it begins logical ids: <c>Web</c>.</summary>
    public string Id => Names.Id(Name);

    public required SitePlace Place { get; init; }

    /// <summary>Whether an address that names no file is index.html.</summary>
    public required bool DeepLinks { get; init; }

    public required SiteBuild Build { get; init; }

    /// <summary>What the build is told.</summary>
    public ImmutableArray<BuildArgument> Variables { get; init; } = [];

    /// <summary>The output of the foundation with the bucket's name.</summary>
    public string BucketOutputId => BucketOutputOf(Name);

    public static string BucketOutputOf(string name) => $"{Names.Id(name)}BucketName";

    /// <summary>The image that its files are taken from; null where programs of this machine build them.</summary>
    public EngineBuild? Image => (Build as ContainerBuild)?.Image;

    /// <summary>The parameters that its build takes.</summary>
    public IEnumerable<string> ParameterNames =>
        Variables
            .SelectMany(variable => variable.Value.Parts)
            .OfType<ParameterValue>()
            .Select(value => value.Parameter.Name)
            .Concat(Image?.WithNeeded.SelectMany(build => build.ParameterNames) ?? [])
            .Distinct(StringComparer.Ordinal);
}

/// <summary>Where browsers find a site.</summary>
/// <param name="Distribution">What its distribution is called; null for the one with the application's address.</param>
/// <param name="Host">The name of its own; null for the distribution's.</param>
internal sealed record SitePlace(string? Distribution, string? Host);

/// <summary>How the files of a site are made.</summary>
/// <param name="Output">Where they are then.</param>
internal abstract record SiteBuild(string Output);

/// <summary>By programs on the machine that deploys.</summary>
/// <param name="Folder">The application's folder, on this machine.</param>
/// <param name="ShownFolder">The same folder, from that of the AppHost.</param>
/// <param name="Install">What installs packages; null where nothing does.</param>
/// <param name="Command">What builds.</param>
/// <param name="Output">The folder with the files, from the application's.</param>
internal sealed record LocalBuild(string Folder, string ShownFolder, SiteCommand? Install, SiteCommand Command, string Output)
    : SiteBuild(Output);

/// <summary>By Docker or Podman, out of whose image they are taken.</summary>
internal sealed record ContainerBuild(EngineBuild Image, string Output) : SiteBuild(Output);

/// <summary>A program with its arguments.</summary>
internal sealed record SiteCommand(string Program, ImmutableArray<string> Arguments)
{
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));
}
