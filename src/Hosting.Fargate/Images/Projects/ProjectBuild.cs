namespace Hosting.Fargate.Images;

/// <summary>Projects that are built together.</summary>
internal sealed record ProjectBuild(string Folder, string Platform, IReadOnlyList<ProjectImage> Images)
{
    /// <summary>The paths of the projects.</summary>
    public IReadOnlyList<string> Projects { get; } = [.. Images.Select(image => image.Project).Distinct()];

    /// <summary>Where what is published goes, a folder a project.</summary>
    public string PublishFolder => Path.Combine(Folder, "publish");

    /// <summary>Where each project says what its image is to be.</summary>
    public string SettingsFolder => Path.Combine(Folder, "settings");
}

/// <summary>What pushing an image gave: its digest, or errors.</summary>
internal sealed record PushResult(string? Digest, long? Bytes, IReadOnlyList<string> Errors);
