using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>An image that deploy builds, pushes and names by digest.</summary>
/// <param name="Resource">The resource of the model.</param>
/// <param name="Dockerfile">The Dockerfile, where it is not a .NET project.</param>
internal sealed record BuiltImage(string Resource, string? Dockerfile) : Image
{
    /// <summary>How an engine builds it; null where the SDK does.</summary>
    public EngineBuild? Build { get; init; }

    /// <summary>The files of other images that the SDK's image gets.</summary>
    public ImmutableArray<ImageFiles> Files { get; init; } = [];

    /// <summary>The image of a registry that publish puts files on; null for any other.</summary>
    public string? BuiltOn { get; init; }

    public string RepositoryId => $"{Names.Id(Resource)}Repository";

    public string ParameterId => $"{Names.Id(Resource)}Image";

    /// <summary>Every build by an engine that the image takes, each after those that it needs.</summary>
    public IEnumerable<EngineBuild> Builds =>
        Files
            .SelectMany(files => files.Source.WithNeeded)
            .Concat(Build?.WithNeeded ?? [])
            .DistinctBy(build => new { build.Name, build.Architecture });
}

/// <summary>
/// An image as Docker or Podman builds it: from the author's Dockerfile, from one that the model generates, or from one that publish makes.
/// </summary>
/// <param name="Name">The name of the resource; with <c>.base</c> after it where publish puts a layer on top.</param>
/// <param name="Resource">The resource of the model.</param>
internal sealed record EngineBuild(string Name, string Resource)
{
    /// <summary>The Dockerfile, where it is not the author's.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>What the build does not see of the author's folder, where the author does not say it.</summary>
    public string? Ignored { get; init; }

    /// <summary>What the author gives the build; null where publish makes all of it.</summary>
    public AuthorsBuild? Author { get; init; }

    /// <summary>The files that publish makes for it.</summary>
    public ImmutableArray<LayerFile> Files { get; init; } = [];

    /// <summary>The images of the model that it is built from, by the build arguments that name them.</summary>
    public ImmutableArray<ImageArgument> Images { get; init; } = [];

    public ImmutableArray<BuildArgument> Arguments { get; init; } = [];

    public ImmutableArray<BuildArgument> Secrets { get; init; } = [];

    public required Architecture Architecture { get; init; }

    /// <summary>The files of images that its Dockerfile copies, for the reader of the summary.</summary>
    public ImmutableArray<ImageFiles> Copied { get; init; } = [];

    /// <summary>The parameters that it takes.</summary>
    public IEnumerable<string> ParameterNames =>
        Arguments
            .Concat(Secrets)
            .SelectMany(argument => argument.Value.Parts)
            .Select(part =>
                part switch
                {
                    ParameterValue value => value.Parameter.Name,
                    SecretValue value => value.Secret.Name,
                    _ => null,
                }
            )
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    /// <summary>This build after those that it needs.</summary>
    public IEnumerable<EngineBuild> WithNeeded => Images.SelectMany(image => image.Build.WithNeeded).Append(this);
}

/// <summary>What an author gives a build, on this machine.</summary>
/// <param name="Context">The folder that it sees.</param>
/// <param name="Folder">The same folder, from that of the AppHost.</param>
/// <param name="Dockerfile">The Dockerfile, where it is the author's.</param>
/// <param name="Stage">The stage that is wanted; null for the last one.</param>
internal sealed record AuthorsBuild(string Context, string Folder, string? Dockerfile, string? Stage);

/// <summary>An image of the model that another is built from.</summary>
internal sealed record ImageArgument(string Name, EngineBuild Build);

/// <summary>What a build is told.</summary>
/// <param name="Name">The name of the argument or secret.</param>
/// <param name="Value">Text, parameters, or both.</param>
internal sealed record BuildArgument(string Name, Value Value)
{
    /// <summary>The file that it is read from, in place of a value.</summary>
    public string? File { get; init; }
}

/// <summary>Files of one image that become part of another.</summary>
/// <param name="Source">The image that has them.</param>
/// <param name="Paths">Where they are in it.</param>
/// <param name="Destination">Where they go; from the working directory where it is no absolute path.</param>
internal sealed record ImageFiles(EngineBuild Source, ImmutableArray<string> Paths, string Destination);

/// <summary>A file that becomes part of an image.</summary>
/// <param name="Path">Where it goes in the image, without the first slash.</param>
/// <param name="Content">What is in it; null for a folder.</param>
/// <param name="Mode">Who may do what with it.</param>
internal sealed record LayerFile(string Path, byte[]? Content, UnixFileMode Mode)
{
    /// <summary>The folder of the build that has them, laid out as the image.</summary>
    public const string Folder = "files";
}
