using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Front ends at the edge.</summary>
public static class StaticSiteBuilderExtensions
{
    /// <summary>
    /// Publishes a front end as files in a private bucket, which CloudFront serves, in place of a container: what <c>AddViteApp</c>,
    /// <c>AddJavaScriptApp</c> and <c>AddNodeApp</c> give, or any resource whose build leaves files. deploy builds them, sends what is new,
    /// and switches <c>index.html</c> once the services have rolled. Paths that services have (<c>service.WithRoute("/api/*")</c>) are
    /// theirs under the same name. It takes <c>WithCloudFront</c> of the environment. Here the development server runs as before.
    /// </summary>
    /// <param name="builder">The front end.</param>
    /// <param name="configure">How its files are built, and where browsers find them.</param>
    [AspireExport]
    public static IResourceBuilder<T> PublishAsStaticSite<T>(this IResourceBuilder<T> builder, Action<StaticSite>? configure = null)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new StaticSiteAnnotation(configure ?? (_ => { }), (builder.Resource as ExecutableResource)?.WorkingDirectory),
            ResourceAnnotationMutationBehavior.Replace
        );
    }
}
