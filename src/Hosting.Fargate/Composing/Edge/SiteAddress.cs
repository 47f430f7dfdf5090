using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The address of a front end that is files.</summary>
internal static class SiteAddress
{
    /// <summary>The output of the application's stack that says it: that of the application where the site has its address.</summary>
    public static string OutputId(Site site) => site.Place.Distribution is null ? "Url" : $"{site.Id}Url";

    public static TemplateNode Url(FargateApplication application, Site site) =>
        HostOf(application, site) is { } host
            ? $"https://{host}"
            : Fn.Sub($"https://{PublicName.InText(isAtEdge: true, site.Place.Distribution)}");

    /// <summary>As the summary shows it.</summary>
    public static string Text(FargateApplication application, Site site) => $"https://{HostOf(application, site) ?? "….cloudfront.net"}";

    private static string? HostOf(FargateApplication application, Site site) =>
        site.Place.Host ?? (site.Place.Distribution is null ? application.Ingress.Domain : null);
}
