using Amazon.ECR.Model;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Images;

/// <summary>An image of a workload: what it is made of, and whether its repository has it.</summary>
internal sealed record WantedImage(Workload Workload)
{
    public string Repository { get; init; } = "";

    /// <summary>The repository's address; null where it does not exist yet.</summary>
    public string? RepositoryUri { get; init; }

    /// <summary>The image in the repository; null where it is not there.</summary>
    public ImageDetail? Existing { get; init; }

    /// <summary>A published project with the digest of its base image.</summary>
    public (ProjectImage Image, PublishedProject Output, string BaseDigest, string Tag)? Project { get; init; }

    /// <summary>What of other images goes into the publish output before an image is made of it.</summary>
    public IReadOnlyList<(EngineImage Source, string Path, string Destination)> Files { get; init; } = [];

    /// <summary>What an engine builds.</summary>
    public EngineImage? Built { get; init; }

    public string Tag => Project?.Tag ?? Built!.Tag;

    /// <summary>The image as it is now.</summary>
    public DeployedImage Result =>
        new(
            Workload.Name,
            ((BuiltImage)Workload.Main.Image).ParameterId,
            Tag,
            Existing is null ? null : $"{RepositoryUri}@{Existing.ImageDigest}"
        )
        {
            Size = Existing?.ImageSizeInBytes,
        };
}
