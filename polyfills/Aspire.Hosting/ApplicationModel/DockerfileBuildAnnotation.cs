namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds the image of a resource from a Dockerfile.</summary>
public class DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) : IResourceAnnotation
{
    /// <summary>The directory that the build sees.</summary>
    public string ContextPath { get; } = contextPath;

    /// <summary>The Dockerfile.</summary>
    public string DockerfilePath { get; } = dockerfilePath;

    /// <summary>The stage to build; the last where null.</summary>
    public string? Stage { get; } = stage;

    /// <summary>The arguments of the build.</summary>
    public Dictionary<string, object?> BuildArguments { get; } = [];

    /// <summary>The secrets of the build.</summary>
    public Dictionary<string, object> BuildSecrets { get; } = [];

    /// <summary>The name of the image.</summary>
    public string? ImageName { get; set; }

    /// <summary>The tag of the image.</summary>
    public string? ImageTag { get; set; }

    /// <summary>Whether the image runs, rather than being something others take files from.</summary>
    public bool HasEntrypoint { get; set; } = true;
}
