using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The one load balancer of the application: each external service brings a rule of its own, so that adding one changes nothing here.
/// </summary>
internal static class LoadBalancerComposer
{
    public static TemplateSection Compose(FargateApplication application)
    {
        List<TemplateResource> resources = [];
        if (application.HasLoadBalancer)
        {
            resources.AddRange([SecurityGroup(application), LoadBalancer(application)]);
            var ingress = application.Ingress;
            if (ingress.HostedZoneId is not null)
            {
                resources.Add(
                    Certificate(
                        "Certificate",
                        ingress.Domain!,
                        ingress,
                        $"WithDomain(\"{ingress.Domain}\"): validated by a record in the zone, renewed by AWS"
                    )
                );
                resources.AddRange(AliasRecords("DomainRecord", ingress.Domain!, application, $"WithDomain(\"{ingress.Domain}\")"));
            }

            resources.AddRange(Listeners(ingress));
        }

        return new TemplateSection("load balancer", resources);
    }

    public static TemplateResource Certificate(string id, string domain, Ingress ingress, string comment) =>
        new(id, "AWS::CertificateManager::Certificate")
        {
            Comment = comment,
            Properties = new()
            {
                ["DomainName"] = domain,
                ["ValidationMethod"] = "DNS",
                ["DomainValidationOptions"] = new TemplateList([
                    new TemplateMap { ["DomainName"] = domain, ["HostedZoneId"] = ingress.HostedZoneId },
                ]),
            },
        };

    /// <summary>
    /// The records by which a name leads to the load balancer, or to CloudFront before it, which has addresses of IPv6 too.
    /// </summary>
    public static IEnumerable<TemplateResource> AliasRecords(string id, string domain, FargateApplication application, string reason)
    {
        string[] types = application.HasDistribution ? ["A", "AAAA"] : ["A"];
        return types.Select(type => new TemplateResource(type == "A" ? id : $"{id}Ipv6", "AWS::Route53::RecordSet")
        {
            Comment = $"{reason}: the name leads to {(application.HasDistribution ? "CloudFront" : "the load balancer")}",
            Properties = new()
            {
                ["HostedZoneId"] = application.Ingress.HostedZoneId,
                ["Name"] = domain,
                ["Type"] = type,
                ["AliasTarget"] = new TemplateMap
                {
                    ["DNSName"] = PublicName.Of(application.HasDistribution, EdgeDistribution.NameOf(application, domain)),
                    ["HostedZoneId"] = application.HasDistribution
                        ? EdgeComposer.HostedZoneId
                        : Fn.GetAtt(SharedIds.LoadBalancer, "CanonicalHostedZoneID"),
                },
            },
        });
    }

    private static TemplateResource SecurityGroup(FargateApplication application)
    {
        int[] ports = application.Ingress.IsHttps ? [80, 443] : [80];
        return new(SharedIds.LoadBalancerSecurityGroup, "AWS::EC2::SecurityGroup")
        {
            Comment =
                "WithExternalHttpEndpoints: who may call. Out to the VPC and not to each service's group: naming the groups from both sides would be a circle",
            Properties = new()
            {
                ["GroupDescription"] =
                    $"{application.Name} load balancer - from {(application.HasEdge ? "CloudFront" : "everywhere")}, to the tasks",
                ["VpcId"] = application.Network.VpcId(),
                ["SecurityGroupIngress"] = application.HasEdge
                    ? new TemplateList([EdgeComposer.Ingress()])
                    : new TemplateList(
                        ports.Select(port =>
                            (TemplateNode)
                                new TemplateMap
                                {
                                    ["IpProtocol"] = "tcp",
                                    ["FromPort"] = port,
                                    ["ToPort"] = port,
                                    ["CidrIp"] = "0.0.0.0/0",
                                    ["Description"] = port == 80 ? "HTTP from everywhere" : "HTTPS from everywhere",
                                }
                        )
                    ),
                ["SecurityGroupEgress"] = new TemplateList([
                    new TemplateMap
                    {
                        ["IpProtocol"] = "tcp",
                        ["FromPort"] = 1,
                        ["ToPort"] = 65535,
                        ["CidrIp"] = application.Network.CidrBlock(),
                        ["Description"] = "to the tasks",
                    },
                ]),
            },
        };
    }

    private static TemplateResource LoadBalancer(FargateApplication application)
    {
        var external = application.Services.Where(service => service.Routes.Length > 0).Select(service => service.Name);
        TemplateMap Attribute(string key, TemplateNode value) => new() { ["Key"] = key, ["Value"] = value };
        List<TemplateNode> attributes =
        [
            Attribute("routing.http.drop_invalid_header_fields.enabled", "true"),
            Attribute("idle_timeout.timeout_seconds", application.IdleSeconds.ToString(CultureInfo.InvariantCulture)),
            // Said either way: what an update does not name stays as it was.
            Attribute("deletion_protection.enabled", application.Ingress.DeletionProtection ? "true" : "false"),
            Attribute("access_logs.s3.enabled", application.Ingress.AccessLogDays is null ? "false" : "true"),
        ];
        if (application.Ingress.AccessLogDays is not null)
        {
            attributes.Add(Attribute("access_logs.s3.bucket", FoundationOutputs.Output(AccessLogsComposer.Output)));
        }

        if (application.HasEdge)
        {
            attributes.Add(EdgeComposer.ForwardedFor());
        }

        return new(SharedIds.LoadBalancer, "AWS::ElasticLoadBalancingV2::LoadBalancer")
        {
            Comment = "WithExternalHttpEndpoints: one for all external services",
            DependsOn = application.HasPrivateEdge ? [] : [.. application.Network.RoutesOfLoadBalancer()],
            Properties = new()
            {
                ["Type"] = "application",
                ["Scheme"] = application.HasPrivateEdge ? "internal" : "internet-facing",
                ["Subnets"] = application.LoadBalancerSubnets(),
                ["SecurityGroups"] = new TemplateList([Fn.GetAtt(SharedIds.LoadBalancerSecurityGroup, "GroupId")]),
                ["LoadBalancerAttributes"] = new TemplateList(attributes),
            },
        };
    }

    /// <summary>
    /// A listener that answers what no rule takes with 404: by HTTPS where the environment has a certificate, unless it is the plain one.
    /// </summary>
    public static TemplateResource Listener(string id, int port, Ingress ingress, string comment, TemplateMap? action = null)
    {
        var isHttps = ingress.IsHttps && id != SharedIds.HttpListener;
        return new(id, "AWS::ElasticLoadBalancingV2::Listener")
        {
            Comment = comment,
            Properties = new()
            {
                ["LoadBalancerArn"] = Fn.Ref(SharedIds.LoadBalancer),
                ["Port"] = port,
                ["Protocol"] = isHttps ? "HTTPS" : "HTTP",
                ["SslPolicy"] = isHttps ? ingress.TlsPolicy : null,
                ["Certificates"] = isHttps
                    ? new TemplateList([new TemplateMap { ["CertificateArn"] = ingress.CertificateArn ?? Fn.Ref("Certificate") }])
                    : null,
                ["DefaultActions"] = new TemplateList([action ?? NotFound()]),
            },
        };
    }

    private static TemplateMap NotFound() =>
        new()
        {
            ["Type"] = "fixed-response",
            ["FixedResponseConfig"] = new TemplateMap
            {
                ["StatusCode"] = "404",
                ["ContentType"] = "text/plain",
                ["MessageBody"] = "No such route",
            },
        };

    private static IEnumerable<TemplateResource> Listeners(Ingress ingress)
    {
        const string notFound = "what no service's rule takes is answered with 404";
        var toHttps = new TemplateMap
        {
            ["Type"] = "redirect",
            ["RedirectConfig"] = new TemplateMap
            {
                ["Protocol"] = "HTTPS",
                ["Port"] = "443",
                ["StatusCode"] = "HTTP_301",
            },
        };
        if (ingress.Edge is not null)
        {
            yield return ingress.IsHttps
                ? Listener(SharedIds.HttpsListener, 443, ingress, $"CloudFront comes by HTTPS; {notFound}")
                : Listener(
                    SharedIds.HttpListener,
                    80,
                    ingress,
                    $"CloudFront comes by HTTP{(ingress.Edge.PublicLoadBalancer ? "" : ", within AWS's network")}: HTTPS takes a name, WithDomain; {notFound}"
                );
            yield break;
        }

        yield return ingress is { IsHttps: true, Redirect: true }
            ? Listener(SharedIds.HttpListener, 80, ingress, "sends everything on to HTTPS", toHttps)
            : Listener(SharedIds.HttpListener, 80, ingress, notFound);
        if (ingress.IsHttps)
        {
            yield return Listener(SharedIds.HttpsListener, 443, ingress, notFound);
        }
    }
}
