namespace Hosting.Fargate.Images;

/// <summary>What became of the image of a workload.</summary>
/// <param name="Resource">The resource of the model.</param>
/// <param name="ParameterId">The template's parameter that names the image.</param>
/// <param name="ContentTag">The tag that says what is in the image.</param>
/// <param name="Reference">The image by digest; null where it is not in its repository yet, which happens in a plan alone.</param>
internal sealed record DeployedImage(string Resource, string ParameterId, string ContentTag, string? Reference)
{
    /// <summary>Whether it was pushed now, rather than being there already.</summary>
    public bool IsPushed { get; init; }

    /// <summary>The bytes of the layers that the registry did not have; null where nothing tells.</summary>
    public long? PushedBytes { get; init; }

    /// <summary>The size of the whole image in its repository, compressed.</summary>
    public long? Size { get; init; }
}

/// <summary>Why there is no image of a resource.</summary>
internal sealed record ImageProblem(string Resource, string Text);

/// <summary>Images that could not be made or pushed, each with its reason.</summary>
internal sealed class ImageDeploymentException(IReadOnlyList<ImageProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(problem => problem.Text)))
{
    public IReadOnlyList<ImageProblem> Problems { get; } = problems;
}
