using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>Where tasks are, how requests come in, and every rule that lets something in.</summary>
internal static class NetworkSection
{
    public static string Write(FargateApplication application, IReadOnlyList<Template> templates)
    {
        var rules = InboundRules(templates);
        return Markdown.Section(
            "Network",
            Markdown.List([Network(application.Network), .. Ingress(application)]),
            rules.Count == 0
                ? "Nothing comes in: no security group has an inbound rule.\n"
                : $"What comes in, and nothing else does:\n\n{rules}"
        );
    }

    private static string Network(NetworkPlan network) =>
        network switch
        {
            OwnNetwork own => $"A VPC of its own in {WorkloadText.Number(own.Zones)} availability zones. "
                + own.Tasks switch
                {
                    TaskPlacement.Public =>
                        "Tasks are in public subnets and have a public address each; their security groups decide what reaches them.",
                    TaskPlacement.PrivateWithNat =>
                        $"Tasks are in private subnets and reach the internet by {WorkloadText.Count(Math.Min(own.NatGateways, own.Zones), "NAT gateway")}.",
                    _ => "Tasks are in private subnets and reach AWS by VPC endpoints; they do not reach the internet.",
                },
            ExistingNetwork existing =>
                $"The VPC {Markdown.Code(existing.VpcId)} ({Markdown.Text(existing.CidrBlock)}), which exists. Load balancer in {Markdown.Codes(existing.LoadBalancerSubnets)}, "
                    + $"tasks in {Markdown.Codes(existing.TaskSubnets)}, {(existing.PublicTasks ? "with a public address each" : "without public addresses")}.",
            _ => throw new InvalidOperationException($"{network.GetType().Name} is no kind of network."),
        };

    private static IEnumerable<string> Ingress(FargateApplication application)
    {
        var ingress = application.Ingress;
        if (application.HasDistribution)
        {
            yield return $"CloudFront: HTTPS with {EdgeCertificateOf(application)}, plain HTTP {(ingress.Redirect ? "sent on to it" : "served beside it")}, "
                + $"{(ingress.Domain is { } name ? $"as {Markdown.Code(name)}" : "under the name that AWS gives it (output `Url`)")}. "
                + (
                    application.Sites.Length > 0 && !application.HasLoadBalancer
                        ? "It serves files out of buckets that are private."
                        : (
                            ingress.Edge!.FollowsCacheControl ? "It keeps what the application's answers allow."
                            : application.Sites.Length > 0 ? "Nothing of services is cached."
                            : "Nothing is cached."
                        ) + (application.Sites.Length > 0 ? " Files of sites are in buckets that are private." : "")
                );
        }

        if (!application.HasLoadBalancer)
        {
            yield return "No load balancer: no service has an external endpoint.";
            yield break;
        }

        if (application is { HasEdge: true, HasPrivateEdge: false })
        {
            yield return $"One load balancer behind it, on the internet, which admits the addresses of CloudFront alone, and of those this application's: "
                + $"by {(ingress.IsHttps ? $"HTTPS with {CertificateOf(ingress)}" : "plain HTTP, readable by everybody on the way")}. What no route of a service takes, "
                + "and what comes without CloudFront's secret, is answered with 404.";
        }
        else if (application.HasEdge)
        {
            yield return $"One load balancer behind it, internal, which CloudFront alone reaches, by {(ingress.IsHttps ? $"HTTPS with {CertificateOf(ingress)}" : "HTTP, within AWS's network")}. "
                + "What no route of a service takes is answered with 404.";
        }
        else
        {
            yield return $"One load balancer, {(ingress.IsHttps ? $"HTTPS with {CertificateOf(ingress)}, plain HTTP {(ingress.Redirect ? "sent on to it" : "served beside it")}" : "plain HTTP, readable by everybody on the way")}, "
                + $"{(ingress.Domain is { } domain ? $"as {Markdown.Code(domain)}" : "under the name that AWS gives it (output `Url`)")}. What no route of a service takes is answered with 404.";
        }

        foreach (var address in ServiceAddress.Of(application))
        {
            yield return $"{Markdown.Code(address.Service.Name)} has an address of its own: {Markdown.Code(address.Text(application))} (output {Markdown.Code(address.OutputId)}).";
        }
    }

    private static string EdgeCertificateOf(FargateApplication application) =>
        application switch
        {
            { Ingress.Domain: null } => "its own certificate",
            { GivenEdgeCertificate: { } arn } => $"the certificate {Markdown.Code(arn)}",
            _ => "a certificate made and renewed for its names",
        };

    private static string CertificateOf(Ingress ingress) =>
        ingress.CertificateArn is { } arn ? $"the certificate {Markdown.Code(arn)}" : "a certificate made and renewed for its name";

    private static MarkdownTable InboundRules(IReadOnlyList<Template> templates)
    {
        var table = new MarkdownTable("To", "Port", "From", "Why");
        foreach (var resource in templates.SelectMany(template => template.Resources))
        {
            switch (resource.Type)
            {
                case "AWS::EC2::SecurityGroup":
                    foreach (var rule in TemplateText.MapsOf(resource.Properties["SecurityGroupIngress"]))
                    {
                        AddRule(table, resource.Id, rule, comment: rule.Comment);
                    }

                    break;
                case "AWS::EC2::SecurityGroupIngress":
                    AddRule(table, TemplateText.ResourceOf(resource.Properties["GroupId"]), resource.Properties, resource.Comment);
                    break;
            }
        }

        return table;
    }

    private static void AddRule(MarkdownTable table, string group, TemplateMap rule, string? comment)
    {
        string[] sources =
        [
            .. TemplateText.ItemsOf(rule["CidrIp"]),
            .. TemplateText.ItemsOf(rule["CidrIpv6"]),
            .. rule["SourceSecurityGroupId"] is { } source ? [TemplateText.ResourceOf(source)] : (string[])[],
            .. TemplateText.ItemsOf(rule["SourcePrefixListId"]),
        ];
        table.Row(
            Markdown.Code(group),
            Port(rule),
            Markdown.Codes(sources),
            Markdown.Text(comment ?? TemplateText.Of(rule["Description"]))
        );
    }

    private static string Port(TemplateMap rule)
    {
        var (from, to) = (TemplateText.Of(rule["FromPort"]), TemplateText.Of(rule["ToPort"]));
        return from.Length == 0 || TemplateText.Of(rule["IpProtocol"]) == "-1"
            ? "all"
            : Markdown.Text($"{TemplateText.Of(rule["IpProtocol"])} {(from == to ? from : $"{from} to {to}")}");
    }
}
