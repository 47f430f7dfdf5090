using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;
using Hosting.Fargate.Application;

namespace Aspire.Hosting;

/// <summary>What a production account asks for besides.</summary>
public static partial class FargateEnvironmentBuilderExtensions
{
    /// <summary>
    /// Says after what time without a byte the load balancer cuts a connection, in place of 10 s more than the longest answer of a service
    /// (<see cref="FargateService.LongestAnswer"/>, <see cref="FargateService.SlowAnswer"/>) and 60 s at the least. A service that is
    /// waited for must not close a connection earlier: Kestrel does after 130 s (<c>KestrelServerLimits.KeepAliveTimeout</c>).
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="timeout">Whole seconds, up to 4000.</param>
    /// <exception cref="ArgumentException">No time that a load balancer takes.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithIdleTimeout(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        TimeSpan timeout
    )
    {
        ThrowUnless(
            timeout.TotalSeconds is >= 1 and <= 4000 && timeout.Ticks % TimeSpan.TicksPerSecond == 0,
            nameof(timeout),
            timeout.ToString(),
            "whole seconds, 1 to 4000"
        );
        return builder.Set(environment => environment.Ingress = environment.Ingress with { IdleSeconds = (int)timeout.TotalSeconds });
    }

    /// <summary>
    /// Says which versions and ciphers of TLS the load balancer takes, in place of <c>ELBSecurityPolicy-TLS13-1-2-2021-06</c>:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="policy">The name of a security policy, such as <c>ELBSecurityPolicy-TLS13-1-3-2021-06</c>.</param>
    /// <exception cref="ArgumentException">No name of a security policy.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithTlsPolicy(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string policy
    )
    {
        ThrowUnless(
            TlsPolicy().Takes(policy),
            nameof(policy),
            policy,
            "a security policy of Elastic Load Balancing, such as ELBSecurityPolicy-TLS13-1-3-2021-06"
        );
        return builder.Set(environment => environment.Ingress = environment.Ingress with { TlsPolicy = policy });
    }

    /// <summary>Has every request pass a web ACL of AWS WAF that exists.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="webAclArn">A regional web ACL, in the region of the load balancer.</param>
    /// <exception cref="ArgumentException">No ARN of a regional web ACL.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithWebAcl(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string webAclArn
    )
    {
        ThrowUnless(
            WebAclArn().Takes(webAclArn),
            nameof(webAclArn),
            webAclArn,
            "a regional web ACL, such as arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/…"
        );
        return builder.Set(environment => environment.Ingress = environment.Ingress with { WebAclArn = webAclArn });
    }

    /// <summary>
    /// Has every request pass a web ACL of AWS WAF with groups of rules that AWS keeps: the common ones, inputs known to be bad, addresses
    /// of ill repute. It is before CloudFront where there is one, in a stack of us-east-1, the region of CloudFront's web ACLs, and else
    /// before the load balancer. It costs 5 USD a month, 1 for each group, and by the million requests.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="configure">Changes the groups, or has rules only count.</param>
    [AspireExport(RunSyncOnBackgroundThread = true)]
    public static IResourceBuilder<FargateEnvironmentResource> WithManagedWebAcl(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        Action<ManagedWebAcl>? configure = null
    )
    {
        var webAcl = new ManagedWebAcl();
        configure?.Invoke(webAcl);
        return builder.Set(environment => environment.Ingress = environment.Ingress with { ManagedWebAcl = webAcl });
    }

    /// <summary>
    /// Has the load balancer refuse to be deleted or replaced. <c>destroy</c> refuses then, until a deploy without this took it off.
    /// </summary>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithDeletionProtection(
        this IResourceBuilder<FargateEnvironmentResource> builder
    ) => builder.Set(environment => environment.Ingress = environment.Ingress with { DeletionProtection = true });

    /// <summary>Writes down which connections the network had (VPC flow logs), in a bucket of the foundation.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="days">For how many days.</param>
    /// <exception cref="DistributedApplicationException">The network exists: what is written down of it is its owner's to say.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithFlowLogs(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int days = 30
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        var network = OwnNetworkOf(builder, nameof(WithFlowLogs));
        return builder.Set(environment => environment.Network = network with { FlowLogDays = days });
    }

    /// <summary>Writes down who read and wrote the buckets of the foundation (S3 server access logs), in a bucket of their own.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="days">For how many days.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithBucketAccessLogs(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int days = 90
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return builder.Set(environment => environment.Safeguards = environment.Safeguards with { BucketLogDays = days });
    }

    /// <summary>
    /// Keeps what containers printed when the application is destroyed: the log groups are the foundation's then,
    /// <c>/ecs/NAME-foundation/SERVICE</c>, and <c>destroy --data</c> takes them away. An application that runs begins new log groups with
    /// it, and loses what is in the old ones.
    /// </summary>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithKeptLogs(this IResourceBuilder<FargateEnvironmentResource> builder) =>
        builder.Set(environment => environment.Safeguards = environment.Safeguards with { KeepsLogs = true });

    /// <summary>
    /// Has images of another registry come through this account's ECR, which keeps them: a pull-through cache rule of the foundation. The
    /// first pull of an image makes its repository; tasks need a way to ECR alone after that.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="registry">The registry: <c>docker.io</c>, <c>ghcr.io</c>, <c>quay.io</c>, <c>registry.k8s.io</c> or
    /// <c>public.ecr.aws</c>.</param>
    /// <param name="credentialArn">A secret named <c>ecr-pullthroughcache/…</c> with <c>username</c> and <c>accessToken</c>, which
    /// docker.io and ghcr.io want.</param>
    /// <param name="prefix">What the names of its repositories begin with, 2 to 30 characters; <c>shop/docker-hub</c> and the like unless
    /// given.</param>
    /// <exception cref="ArgumentException">No such registry, secret or prefix.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithPullThroughCache(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string registry,
        string? credentialArn = null,
        string? prefix = null
    )
    {
        ThrowUnless(
            registry is "docker.io" or "ghcr.io" or "quay.io" or "registry.k8s.io" or "public.ecr.aws",
            nameof(registry),
            registry,
            "a registry that ECR caches: docker.io, ghcr.io, quay.io, registry.k8s.io or public.ecr.aws"
        );
        ThrowUnless(
            credentialArn is null ? registry is not ("docker.io" or "ghcr.io") : CacheCredential().IsMatch(credentialArn),
            nameof(credentialArn),
            credentialArn ?? "nothing",
            "a secret such as arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf, which docker.io and ghcr.io want"
        );
        ThrowUnless(
            prefix is null || (prefix.Length is >= 2 and <= 30 && CachePrefix().IsMatch(prefix)),
            nameof(prefix),
            prefix,
            "2 to 30 lower-case letters, digits and . _ - /"
        );
        return builder.Set(environment =>
            environment.Safeguards = environment.Safeguards with
            {
                Caches = environment.Safeguards.Caches.SetItem(registry, new PullThroughCache(registry, prefix ?? "", credentialArn)),
            }
        );
    }

    /// <summary>
    /// Uses a file system that exists for a volume, such as one that an earlier foundation left behind. It has no mount targets in another
    /// network, and nothing is changed of it.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="volume">The volume's name in the model.</param>
    /// <param name="fileSystemId">The file system, <c>fs-…</c>.</param>
    /// <exception cref="ArgumentException">No id of a file system.</exception>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithExistingFileSystem(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string volume,
        string fileSystemId
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(volume);
        ThrowUnless(FileSystemId().Takes(fileSystemId), nameof(fileSystemId), fileSystemId, "a file system, such as fs-0123456789abcdef0");
        return builder.Set(environment =>
            environment.Safeguards = environment.Safeguards with
            {
                FileSystems = environment.Safeguards.FileSystems.SetItem(volume, fileSystemId),
            }
        );
    }

    [GeneratedRegex("^ELBSecurityPolicy-[A-Za-z0-9-]+$")]
    private static partial Regex TlsPolicy();

    [GeneratedRegex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9_-]+/[A-Za-z0-9-]+$")]
    private static partial Regex WebAclArn();

    [GeneratedRegex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:ecr-pullthroughcache/[A-Za-z0-9/_+=.@-]+$")]
    private static partial Regex CacheCredential();

    [GeneratedRegex("^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$")]
    private static partial Regex CachePrefix();

    [GeneratedRegex("^fs-([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex FileSystemId();
}
