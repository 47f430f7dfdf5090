using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What CloudFront before the load balancer asks of the model, and what it changes for who is behind it.</summary>
internal static class EdgeRules
{
    /// <summary>What says to .NET which header has what the browser speaks, where the load balancer does not know it.</summary>
    public const string ProtoVariable = "ForwardedHeaders__ForwardedProtoHeaderName";

    /// <summary>
    /// What CloudFront says of it: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html. It
    /// takes X-Forwarded-Proto out of a request, and an Application Load Balancer writes its own.
    /// </summary>
    public const string ProtoHeader = "CloudFront-Forwarded-Proto";

    private const string OriginKeyName = "cloudfront-origin-key";

    /// <summary>https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html</summary>
    private const int MostBehaviors = 75;

    /// <summary>Whether a service hears http from the load balancer, and browsers speak https.</summary>
    public static bool HidesProto(Ingress ingress) => ingress is { Edge: not null, IsHttps: false };

    /// <summary>What tells a .NET service that browsers come by https.</summary>
    public static IEnumerable<EnvironmentVariable> VariablesOf(PublishedResource resource, Ingress ingress, ImmutableArray<Route> routes) =>
        HidesProto(ingress) && routes.Length > 0 && resource.IsDotnet ? [new(ProtoVariable, new Text(ProtoHeader))] : [];

    /// <summary>What a load balancer on the internet knows CloudFront by: made up once, by the first deploy.</summary>
    public static SecretSpec OriginKey(ParameterReader parameters) =>
        (
            (SecretValue)
                parameters.Read(
                    new ParameterResource(OriginKeyName, generated => generated!.GetDefaultValue(), secret: true)
                    {
                        Default = new GenerateParameterDefault { MinLength = 40, Special = false },
                        Description = "What CloudFront says to the load balancer, which answers nobody else",
                    },
                    ValueFormat.AsIs
                )
        ).Secret;

    public static void Check(FargateApplication application, Refusals refusals)
    {
        if (!application.HasDistribution)
        {
            return;
        }

        // https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-services.html; in China CloudFront has no certificate of its
        // own: https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html.
        if (
            application.Region is { } region
            && (region.StartsWith("us-gov-", StringComparison.Ordinal) || region.StartsWith("cn-", StringComparison.Ordinal))
        )
        {
            refusals.Add(
                null,
                $"'{application.EnvironmentResource}' is deployed to {region}, where CloudFront is not, or not as "
                    + "elsewhere. Leave WithCloudFront out, and give the environment a domain (WithDomain or WithCertificate)."
            );
        }

        var paths = application
            .Services.SelectMany(service => service.Routes)
            .SelectMany(route => route.Rules)
            .Where(rule => rule is { Path: not null, Host: null, Port: null, Distribution: null })
            .Sum(rule => rule.Path!.EndsWith("/*", StringComparison.Ordinal) ? 2 : 1);
        if (application.Sites.Length > 0 && paths > MostBehaviors)
        {
            refusals.Add(
                null,
                $"Services have {Number(paths)} paths beside the files of '{application.Sites[0].Name}' (/orders/* counts as two), and a "
                    + $"distribution of CloudFront takes {Number(MostBehaviors)}. Lead several services by fewer paths, or give some a host (WithDomain)."
            );
        }

        var ingress = application.Ingress;
        if (ingress.Domain is null && ingress.Edge!.CertificateArn is not null)
        {
            refusals.Add(
                null,
                $"'{application.EnvironmentResource}' gives CloudFront a certificate (edge.CertificateArn) and no name "
                    + "that it is for. Say it by WithDomain or WithCertificate, whose own certificate is the load balancer's."
            );
        }

        if (ingress.Domain is { } domain && application.GivenEdgeCertificate is null && !application.HasOwnEdgeCertificate)
        {
            refusals.Add(
                null,
                $"CloudFront takes the name '{domain}' with a certificate of us-east-1 alone, wherever the application is. "
                    + $"deploy makes one there where the domain's zone is known: .WithDomain(\"{domain}\", hostedZoneId). Or request one in ACM for it, and for the "
                    + "hosts of routes, and say .WithCloudFront(edge => edge.CertificateArn = \"arn:aws:acm:us-east-1:…\")."
            );
        }
    }

    public static IEnumerable<Notice> Of(FargateApplication application)
    {
        if (application is { HasEdgeAlarms: true, EdgeAlarmTopicArn: null, Alarms.TopicArn: { } topic })
        {
            yield return new Notice(
                null,
                $"CloudFront's alarms are in {CloudFrontDistribution.CertificateRegion}, where its metrics are, and tell nobody: an alarm tells a topic of its own "
                    + $"region alone, and that of WithAlarmTopic is in {topic.Split(':')[3]}. Make one there: .WithCloudFront(edge => edge.AlarmTopicArn = "
                    + $"\"arn:aws:sns:{CloudFrontDistribution.CertificateRegion}:…\").",
                IsWarning: true
            );
        }

        if (!application.HasEdge)
        {
            yield break;
        }

        yield return new Notice(
            null,
            application.HasPrivateEdge
                ? "CloudFront is before the load balancer (WithCloudFront): the first deploy with it takes up to 20 "
                    + "minutes more, for AWS makes the private way to the load balancer in up to 15 and the distribution in 5; destroy as long. On "
                    + "what runs without it, the load balancer is made anew, and its old address ends."
                : "CloudFront is before the load balancer (WithCloudFront), which stays on the internet (edge.PublicLoadBalancer): the first deploy "
                    + "with it takes some 5 minutes more, destroy as long. On what runs without it, the load balancer refuses all others before the "
                    + "new address is known everywhere."
        );
        if (application is { HasPrivateEdge: false, Ingress.IsHttps: false })
        {
            yield return new Notice(
                null,
                "CloudFront comes to the load balancer by plain HTTP over public addresses (edge.PublicLoadBalancer), so that what it "
                    + "carries, its secret too, is readable on the way. Give the environment a domain (WithDomain or WithCertificate), or leave "
                    + "edge.PublicLoadBalancer out: then the way is a private one.",
                IsWarning: true
            );
        }

        if (application.Ingress.Edge!.AnswerSeconds(application.IdleSeconds) is var seconds && seconds < application.IdleSeconds)
        {
            yield return new Notice(
                null,
                $"CloudFront answers 504 where {Number(seconds)} s pass without a byte, and the load balancer "
                    + $"waits for {Number(application.IdleSeconds)} s. Where AWS raised the quota: edge.LongestAnswer. A WebSocket ends after 10 "
                    + "minutes without a byte."
            );
        }

        if (!HidesProto(application.Ingress))
        {
            yield break;
        }

        foreach (
            var service in application.Services.Where(service =>
                service.Routes.Length > 0 && !service.Main.Environment.Any(variable => variable.Name == LoginServer.AddressVariable)
            )
        )
        {
            var isProject = service.Main.Image is BuiltImage { Dockerfile: null };
            yield return new Notice(
                service.Name,
                "is called by https, and hears X-Forwarded-Proto: http, for CloudFront comes to the load "
                    + $"balancer by HTTP{(application.HasPrivateEdge ? ", within AWS's network" : "")}. {ProtoHeader} says https. "
                    + (
                        isProject
                            ? $"Where it calls AddServiceDefaults of this template, that is done by {ProtoVariable}; else add "
                                + "builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedProtoHeaderName = "
                                + $"\"{ProtoHeader}\"), or redirects, cookies and logins take it for http. "
                            : "Where it makes addresses or secure cookies, have it look there, or tell it its public address by a variable. "
                    )
                    + "With a domain (WithDomain) CloudFront comes by HTTPS, and nothing is to be done.",
                IsWarning: !isProject
            );
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
