using Hosting.Fargate.Application;

namespace Hosting.Fargate.Images;

/// <summary>An image that Docker or Podman builds, with all that it is built from.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Build">What is built.</param>
/// <param name="Dockerfile">Where its Dockerfile is.</param>
/// <param name="Context">The folder that the build sees.</param>
/// <param name="Tag">What it is made of.</param>
internal sealed record EngineImage(ContainerEngine Engine, EngineBuild Build, string Dockerfile, string Context, string Tag)
{
    public string? Stage { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>The images that it is built from, by the build arguments that name them.</summary>
    public required IReadOnlyDictionary<string, EngineImage> Images { get; init; }

    /// <summary>Whether it takes what only BuildKit does: mounts, secrets, a list of its own of what is left out.</summary>
    public required bool NeedsBuildKit { get; init; }

    /// <summary>Its name on this machine, under which no registry is looked for.</summary>
    public string LocalName => $"localhost/fargate/{Build.Name.ToLowerInvariant()}:{Tag}";
}
