using Hosting.Fargate.Deploying.Sites;
using Testing.Edge;

namespace Hosting.Fargate.Tests.Deploying.Sites;

internal static class SiteBuckets
{
    /// <summary>The files of a site as a distribution has them, in the bucket of an origin.</summary>
    public static Dictionary<string, Func<string, EdgeFile?>> AsBuckets(this BuiltSite site, string origin) =>
        new()
        {
            [origin] = key =>
                site.Files.FirstOrDefault(file => $"/files/{file.Path}" == key) is { } file
                    ? new EdgeFile(file.FullPath, file.ContentType, file.CacheControl)
                    : null,
        };
}
