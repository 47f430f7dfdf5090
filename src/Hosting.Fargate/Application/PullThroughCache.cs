using System.Diagnostics.CodeAnalysis;

namespace Hosting.Fargate.Application;

/// <summary>
/// A rule of ECR by which images of another registry come through this account's. Source:
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html.
/// </summary>
/// <param name="Registry">The registry as images name it: <c>docker.io</c>.</param>
/// <param name="Prefix">What the names of its repositories begin with here.</param>
/// <param name="CredentialArn">The secret with the credentials for it; null for a registry that takes none.</param>
internal sealed record PullThroughCache(string Registry, string Prefix, string? CredentialArn)
{
    /// <summary>What the names begin with where the model does not say.</summary>
    public static string PrefixOf(string stack, string registry) =>
        $"{stack}/{(registry == "docker.io" ? "docker-hub" : registry.Split('.')[0])}";

    public string UpstreamUrl => Registry == "docker.io" ? "registry-1.docker.io" : Registry;

    /// <summary>Whether an image is of this registry, and its name with tag or digest there: <c>library/nginx:1.29</c>.</summary>
    public bool Has(string reference, [NotNullWhen(true)] out string? name)
    {
        var (registry, rest) =
            reference.Split('/', 2) is [var first, var path] && (first.Contains('.') || first.Contains(':') || first == "localhost")
                ? (first, path)
                : ("docker.io", reference);
        name =
            registry != Registry ? null
            : registry == "docker.io" && !rest.Contains('/') ? $"library/{rest}"
            : rest;
        return name is not null;
    }
}
