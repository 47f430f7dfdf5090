using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What the API is made of, and the options of the environment.</summary>
internal static class EnvironmentDimensions
{
    public static IReadOnlyList<TemplateMatrix.Dimension> All { get; } =
    [
        // What the API is made of.
        new(
            "image",
            ("project", m => m.UseProject()),
            ("container", m => m.UseContainer(m.Builder.AddContainer("api", "nginx", "1.29"))),
            ("container in ECR", m => m.UseContainer(m.Builder.AddContainer("api", $"{MatrixModel.Registry}/shop/api", "1.0"))),
            ("Dockerfile", m => m.UseContainer(m.Builder.AddDockerfile("api", "api")))
        ),
        // The environment.
        new(
            "network",
            ("public", _ => { }),
            ("NAT", m => m.Environment.WithPrivateTasks(natGateways: 2)),
            ("endpoints", m => m.Environment.WithVpcEndpoints()),
            ("existing, public tasks", m =>
                m.Environment.WithExistingVpc(
                    "vpc-0123456789abcdef0",
                    "10.1.0.0/16",
                    ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                    publicTasks: true
                )
            ),
            ("existing", m =>
            {
                m.Environment.WithExistingVpc(
                    "vpc-01234567",
                    "10.1.0.0/16",
                    ["subnet-01234567", "subnet-01234568"],
                    ["subnet-01234569", "subnet-0123456a"]
                );
                m.UseExistingServers();
            })
        ),
        new("zones", ("two", _ => { }), ("three", m => m.Environment.WithZones(3))),
        new(
            "address",
            ("none", _ => { }),
            ("domain", m => m.Environment.WithDomain("shop.example.com", "Z0123456789ABCDEFGHIJ")),
            ("certificate", m =>
                m.Environment.WithCertificate(
                    "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
                    "shop.example.com"
                )
            )
        ),
        new(
            "edge",
            ("none", _ => { }),
            ("CloudFront", m => m.Environment.WithCloudFront(edge => edge.CertificateArn = EdgeCertificateOf(m))),
            ("CloudFront, some countries", m => m.Environment.WithCloudFront(edge =>
                {
                    (edge.CertificateArn, edge.SecurityHeaders, edge.PriceClass) = (
                        EdgeCertificateOf(m),
                        false,
                        CloudFrontPriceClass.Class200
                    );
                    edge.LongestAnswer = TimeSpan.FromSeconds(90);
                    edge.AllowCountries("DE", "AT");
                })),
            ("CloudFront, every option", m => m.Environment.WithCloudFront(edge =>
                {
                    (edge.CertificateArn, edge.PriceClass, edge.FollowsCacheControl) = (
                        EdgeCertificateOf(m),
                        CloudFrontPriceClass.Class100,
                        true
                    );
                    edge.AlarmTopicArn = "arn:aws:sns:us-east-1:123456789012:on-call";
                    edge.WebAclArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567-89ab-cdef-0123-456789abcdef";
                    edge.PublicLoadBalancer = true;
                    (edge.ContentSecurityPolicy, edge.AccessLogBucket) = ("default-src 'self'", "shop-edge-logs");
                    edge.RefuseCountries("AQ");
                }))
        ),
        new("redirect", ("unsaid", _ => { }), ("none", m => m.Environment.WithoutHttpsRedirect())),
        new(
            "telemetry",
            ("unsaid", _ => { }),
            ("agent from ECR", m => m.Environment.WithTelemetry(Telemetry.CloudWatchAgent, $"{MatrixModel.Registry}/agent:1")),
            ("collector from ECR", m => m.Environment.WithTelemetry(Telemetry.Collector, $"{MatrixModel.Registry}/collector:1")),
            ("direct", m => m.Environment.WithTelemetry(Telemetry.Direct)),
            ("none", m => m.Environment.WithTelemetry(Telemetry.None))
        ),
        new(
            "insights",
            ("unsaid", _ => { }),
            ("enabled", m => m.Environment.WithContainerInsights()),
            ("enhanced", m => m.Environment.WithContainerInsights(ContainerInsights.Enhanced))
        ),
        new(
            "keys of Data Protection",
            ("unsaid", _ => { }),
            ("image in ECR", m => m.Environment.WithDataProtectionKeys(image: $"{MatrixModel.Registry}/busybox:1")),
            ("none", m => m.Environment.WithDataProtectionKeys(enabled: false))
        ),
        new(
            "alarms",
            ("unsaid", _ => { }),
            ("topic", m => m.Environment.WithAlarmTopic("arn:aws:sns:us-east-1:123456789012:on-call")),
            ("none", m => m.Environment.WithoutAlarms())
        ),
        new("access logs", ("none", _ => { }), ("kept", m => m.Environment.WithAccessLogs(days: 14))),
        new("access logs of buckets", ("none", _ => { }), ("kept", m => m.Environment.WithBucketAccessLogs(days: 14))),
        new("flow logs", ("none", _ => { }), ("kept", m => m.Environment.WithFlowLogs(days: 14))),
        new("idle timeout", ("unsaid", _ => { }), ("said", m => m.Environment.WithIdleTimeout(TimeSpan.FromSeconds(120)))),
        new("TLS policy", ("unsaid", _ => { }), ("said", m => m.Environment.WithTlsPolicy("ELBSecurityPolicy-TLS13-1-3-2021-06"))),
        new(
            "web ACL",
            ("none", _ => { }),
            ("said", m =>
                m.Environment.WithWebAcl("arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef")
            ),
            ("made", m => m.Environment.WithManagedWebAcl()),
            ("made, counting", m => m.Environment.WithManagedWebAcl(webAcl =>
                {
                    webAcl.OnlyCounts = true;
                    webAcl.AddRuleGroup("AWSManagedRulesSQLiRuleSet");
                    webAcl.Count("AWSManagedRulesSQLiRuleSet", "SQLi_BODY");
                }))
        ),
        new("deletion protection", ("none", _ => { }), ("set", m => m.Environment.WithDeletionProtection())),
        new(
            "cache of a registry",
            ("none", _ => { }),
            ("of Docker Hub", m =>
                m.Environment.WithPullThroughCache(
                    "docker.io",
                    "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf"
                )
            )
        ),
        new("kept logs", ("none", _ => { }), ("kept", m => m.Environment.WithKeptLogs())),
        new(
            "boundary",
            ("none", _ => { }),
            ("set", m => m.Environment.WithPermissionsBoundary("arn:aws:iam::123456789012:policy/boundary"))
        ),
        new("tag of the environment", ("none", _ => { }), ("set", m => m.Environment.WithTag("cost-center", "42 + more / less: ü"))),
        new("stacks", ("one", _ => { }), ("nested", m => m.Environment.WithNestedStacks())),
        new(
            "template",
            ("as it is", _ => { }),
            ("configured", m =>
                m.Environment.ConfigureTemplate(template =>
                    template.Outputs["Team"] = new TemplateMap { ["Value"] = $"the team of {template.StackName}" }
                )
            )
        ),
        new(
            "account",
            ("unsaid", _ => { }),
            ("said", m => m.Environment.WithReference(m.Builder.AddAWSSDKConfig().WithProfile("shop").WithRegion(RegionEndpoint.USEast1)))
        ),
        new(
            "instances",
            ("unsaid", _ => { }),
            ("said", m => m.Environment.WithManagedInstances(minVCpus: 2, minMemoryMiB: 4096, maxVCpus: 16))
        ),
    ];

    private static string? EdgeCertificateOf(MatrixModel model) =>
        model.Environment.Resource.Ingress.Domain is null
            ? null
            : "arn:aws:acm:us-east-1:123456789012:certificate/fedcba98-7654-3210-fedc-ba9876543210";
}
