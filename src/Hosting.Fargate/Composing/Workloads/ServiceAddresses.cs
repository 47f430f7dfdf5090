using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>An address that a service has beside the application's.</summary>
/// <param name="Service">The service.</param>
/// <param name="OutputId">The output of the application's stack that says it: <c>SiteUrl</c>.</param>
/// <param name="Rule">The rule that it leads to.</param>
internal sealed record ServiceAddress(ServiceSpec Service, string OutputId, RouteRule Rule)
{
    /// <summary>The addresses that publish chose or that have a port: one cannot know them from the model.</summary>
    public static IEnumerable<ServiceAddress> Of(FargateApplication application) =>
        from service in application.Services
        from route in service.Routes
        from rule in route.Rules.Where(rule => rule.Port is not null || rule.IsChosen).Take(1)
        select new ServiceAddress(service, $"{TargetComposer.Prefix(service, route)}Url", rule);

    public TemplateNode Url(FargateApplication application)
    {
        var ingress = application.Ingress;
        var port = Rule.Port is { } own ? $":{own.ToString(CultureInfo.InvariantCulture)}" : "";
        return (Rule.CallableHost ?? ingress.Domain) is { } host
            ? $"{ingress.Scheme}://{host}{port}"
            : Fn.Sub($"{ingress.Scheme}://{PublicName.InText(application.HasEdge, Rule.Distribution)}{port}");
    }

    /// <summary>As the summary shows it.</summary>
    public string Text(FargateApplication application) =>
        Url(application) is TemplateScalar scalar ? scalar.ToString()!
        : Rule.Distribution is not null ? "https://….cloudfront.net"
        : $"{application.Ingress.Scheme}://…:{Rule.Port?.ToString(CultureInfo.InvariantCulture)}";
}
