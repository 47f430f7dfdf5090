using System.Net;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;
using Hosting.Fargate;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying;
using Hosting.Fargate.Deploying.Status.RunMode;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Reading;
using Hosting.Fargate.Reporting;

namespace Aspire.Hosting;

#pragma warning disable ASPIREPIPELINES001 // Publishing and deploying are steps of the pipeline.

/// <summary>Amazon ECS on Fargate in a model.</summary>
public static partial class FargateEnvironmentBuilderExtensions
{
    /// <summary>
    /// Adds Amazon ECS on Fargate as the place where projects and containers run when the model is published. In run mode the model
    /// does not have it: one resource says what is deployed, where there are credentials and a stack.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Its name, and that of the CloudFormation stack: lower-case letters, digits and hyphens.</param>
    public static IResourceBuilder<FargateEnvironmentResource> AddFargateEnvironment(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new FargateEnvironmentResource(name) { AppHostDirectory = builder.AppHostDirectory };
        if (builder.ExecutionContext.IsRunMode)
        {
            DeployedStack.AddTo(builder, environment);
            return builder.CreateResourceBuilder(environment);
        }

        FargateConsole.AddTo(builder);
        environment.Annotations.Add(FargateSteps.Create(environment));
        builder.Eventing.Subscribe<BeforeStartEvent>(
            (started, _) =>
            {
                DotnetProjects.Replace(started.Model, environment);
                return Task.CompletedTask;
            }
        );
        return builder.AddResource(environment);
    }

    /// <summary>Says which profile deploys and to which region: <c>builder.AddAWSSDKConfig().WithProfile("shop").WithRegion("eu-west-1")</c>.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="aws">Profile and region; what is not set there is as the AWS SDK finds it.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithReference(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        IAWSSDKConfig aws
    )
    {
        ArgumentNullException.ThrowIfNull(aws);
        return builder.Set(environment => environment.Aws = aws);
    }

    /// <summary>
    /// Puts tasks into private subnets, with NAT gateways to reach the internet: about 33 USD a month for each, and 0.045 USD for each GB.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="natGateways">How many: one for all zones is cheap, one for each zone survives the loss of one.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 3.</exception>
    public static IResourceBuilder<FargateEnvironmentResource> WithPrivateTasks(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int natGateways = 1
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(natGateways, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(natGateways, 3);
        var network = OwnNetworkOf(builder, nameof(WithPrivateTasks));
        return builder.Set(environment =>
            environment.Network = network with { Tasks = TaskPlacement.PrivateWithNat, NatGateways = natGateways }
        );
    }

    /// <summary>
    /// Puts tasks into private subnets with an endpoint for each AWS service that they call, about 7 USD a month in each zone, and no
    /// way to the internet: every image must be in ECR.
    /// </summary>
    public static IResourceBuilder<FargateEnvironmentResource> WithVpcEndpoints(this IResourceBuilder<FargateEnvironmentResource> builder)
    {
        var network = OwnNetworkOf(builder, nameof(WithVpcEndpoints));
        return builder.Set(environment =>
            environment.Network = network with { Tasks = TaskPlacement.PrivateWithEndpoints, NatGateways = 0 }
        );
    }

    /// <summary>Says in how many availability zones the network is; 2 unless said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 2 or 3: a load balancer wants two, and a region may have no more than three.</exception>
    public static IResourceBuilder<FargateEnvironmentResource> WithZones(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int zones
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(zones, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zones, 3);
        var network = OwnNetworkOf(builder, nameof(WithZones));
        return builder.Set(environment => environment.Network = network with { Zones = zones });
    }

    /// <summary>Uses a network that exists, in place of making one.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="vpcId">The VPC, <c>vpc-…</c>.</param>
    /// <param name="cidrBlock">Its addresses, such as <c>10.0.0.0/16</c>: where the load balancer may send requests to.</param>
    /// <param name="loadBalancerSubnets">Two or three public subnets in different zones, <c>subnet-…</c>.</param>
    /// <param name="taskSubnets">The subnets of the tasks; those of the load balancer where none are given.</param>
    /// <param name="publicTasks">Whether tasks get a public address: they need one in a subnet without NAT gateway.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithExistingVpc(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string vpcId,
        string cidrBlock,
        IEnumerable<string> loadBalancerSubnets,
        IEnumerable<string>? taskSubnets = null,
        bool publicTasks = false
    )
    {
        ArgumentNullException.ThrowIfNull(loadBalancerSubnets);
        string[] balancer = [.. loadBalancerSubnets];
        string[] tasks = [.. taskSubnets ?? balancer];
        ThrowUnless(VpcId().IsMatch(vpcId), nameof(vpcId), vpcId, "a VPC, such as vpc-0123456789abcdef0");
        ThrowUnless(IPNetwork.TryParse(cidrBlock, out _), nameof(cidrBlock), cidrBlock, "the addresses of the VPC, such as 10.0.0.0/16");
        foreach (var subnet in balancer.Concat(tasks))
        {
            ThrowUnless(SubnetId().IsMatch(subnet), nameof(loadBalancerSubnets), subnet, "subnets, such as subnet-0123456789abcdef0");
        }

        ThrowUnless(
            balancer.Distinct().Count() >= 2,
            nameof(loadBalancerSubnets),
            string.Join(", ", balancer),
            "two subnets at least, in different zones"
        );
        ThrowUnless(tasks.Length > 0, nameof(taskSubnets), "none", "one subnet at least");
        if (builder.Resource.Network is OwnNetwork own && own != new OwnNetwork())
        {
            throw new DistributedApplicationException(
                $"'{builder.Resource.Name}' says how a network of its own is to be, and that it uses one that exists. "
                    + $"Leave {nameof(WithExistingVpc)} out, or {nameof(WithPrivateTasks)}, {nameof(WithVpcEndpoints)} and {nameof(WithZones)}."
            );
        }

        return builder.Set(environment =>
            environment.Network = new ExistingNetwork(vpcId, cidrBlock, [.. balancer], [.. tasks], publicTasks)
        );
    }

    /// <summary>
    /// Gives the application a name of its own and HTTPS: a certificate, validated by DNS, and a record in a Route 53 zone that exists.
    /// Hosts of routes get the same.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="domain">The name, such as <c>profiler.example.com</c>.</param>
    /// <param name="hostedZoneId">The zone that the name is in, such as <c>Z0123456789ABCDEFGHIJ</c>.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithDomain(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string domain,
        string hostedZoneId
    )
    {
        ThrowUnless(
            Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.Contains('.'),
            nameof(domain),
            domain,
            "a host name, such as profiler.example.com"
        );
        ThrowUnless(
            HostedZoneId().IsMatch(hostedZoneId),
            nameof(hostedZoneId),
            hostedZoneId,
            "a Route 53 zone's id, such as Z0123456789ABCDEFGHIJ"
        );
        return builder.Set(environment =>
            environment.Ingress = environment.Ingress with
            {
                Domain = domain.ToLowerInvariant(),
                HostedZoneId = hostedZoneId,
                CertificateArn = null,
            }
        );
    }

    /// <summary>Serves HTTPS with a certificate that exists. The record that leads to the load balancer is yours to make.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="certificateArn">The certificate in ACM, in the region of the load balancer.</param>
    /// <param name="domain">The name that it is for.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithCertificate(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string certificateArn,
        string domain
    )
    {
        ThrowUnless(
            CertificateArn().IsMatch(certificateArn),
            nameof(certificateArn),
            certificateArn,
            "a certificate in ACM, such as arn:aws:acm:eu-west-1:123456789012:certificate/…"
        );
        ThrowUnless(Uri.CheckHostName(domain) == UriHostNameType.Dns, nameof(domain), domain, "a host name, such as profiler.example.com");
        return builder.Set(environment =>
            environment.Ingress = environment.Ingress with
            {
                Domain = domain.ToLowerInvariant(),
                HostedZoneId = null,
                CertificateArn = certificateArn,
            }
        );
    }

    /// <summary>Leaves plain HTTP as it is beside HTTPS, in place of sending it on.</summary>
    public static IResourceBuilder<FargateEnvironmentResource> WithoutHttpsRedirect(
        this IResourceBuilder<FargateEnvironmentResource> builder
    ) => builder.Set(environment => environment.Ingress = environment.Ingress with { Redirect = false });

    /// <summary>Keeps the load balancer's access logs, in a bucket of the foundation.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="days">For how many days.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithAccessLogs(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int days = 90
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return builder.Set(environment => environment.Ingress = environment.Ingress with { AccessLogDays = days });
    }

    /// <summary>Turns Container Insights on. It is on without this where scaling by backlog needs it.</summary>
    public static IResourceBuilder<FargateEnvironmentResource> WithContainerInsights(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        ContainerInsights insights = ContainerInsights.Enabled
    ) => builder.Set(environment => environment.Insights = insights);

    /// <summary>Says how traces and metrics reach CloudWatch; by the CloudWatch agent unless said.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="telemetry">The way.</param>
    /// <param name="image">The sidecar's image where it is not AWS's, such as a copy in ECR.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithTelemetry(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        Telemetry telemetry,
        string? image = null
    ) =>
        builder.Set(environment =>
        {
            environment.Telemetry = telemetry;
            environment.TelemetryImage = image;
        });

    /// <summary>Says whether the tasks of a service share the keys of ASP.NET Core Data Protection, where the service itself does not say (<see cref="FargateService.DataProtectionKeys"/>).</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="enabled">Whether external .NET projects do; they do unless said.</param>
    /// <param name="image">The image of the container that writes them, where it is not busybox of public.ecr.aws, such as a copy in ECR. It needs a shell.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithDataProtectionKeys(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        bool enabled = true,
        string? image = null
    ) => builder.Set(environment => environment.DataProtection = (enabled, image));

    /// <summary>Tells an SNS topic of alarms.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="topicArn">The topic, <c>arn:aws:sns:…</c>.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithAlarmTopic(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string topicArn
    )
    {
        ThrowUnless(
            TopicArn().IsMatch(topicArn),
            nameof(topicArn),
            topicArn,
            "an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:on-call"
        );
        return builder.Set(environment => environment.Alarms = new AlarmPlan(Enabled: true, topicArn));
    }

    /// <summary>Leaves all alarms out.</summary>
    public static IResourceBuilder<FargateEnvironmentResource> WithoutAlarms(this IResourceBuilder<FargateEnvironmentResource> builder) =>
        builder.Set(environment => environment.Alarms = new AlarmPlan(Enabled: false, TopicArn: null));

    /// <summary>Says which instances <see cref="Capacity.ManagedInstances"/> may choose.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="minVCpus">The fewest virtual CPUs.</param>
    /// <param name="minMemoryMiB">The least memory in MiB.</param>
    /// <param name="maxVCpus">The most virtual CPUs; any number unless given.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithManagedInstances(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        int minVCpus = 1,
        int minMemoryMiB = 2048,
        int? maxVCpus = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minVCpus);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minMemoryMiB);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxVCpus ?? minVCpus, minVCpus, nameof(maxVCpus));
        return builder.Set(environment => environment.ManagedInstances = new ManagedInstancesPlan(minVCpus, minMemoryMiB, maxVCpus));
    }

    /// <summary>Sets the permissions boundary of every role that the template makes.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="policyArn">The managed policy.</param>
    public static IResourceBuilder<FargateEnvironmentResource> WithPermissionsBoundary(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string policyArn
    )
    {
        ThrowUnless(
            PolicyArn().IsMatch(policyArn),
            nameof(policyArn),
            policyArn,
            "a managed policy, such as arn:aws:iam::123456789012:policy/boundary"
        );
        return builder.Set(environment => environment.PermissionsBoundary = policyArn);
    }

    /// <summary>
    /// Gives each service a stack of its own inside the application's. It is so without this where one template cannot hold them
    /// all; going from the one to the other makes every service anew.
    /// </summary>
    public static IResourceBuilder<FargateEnvironmentResource> WithNestedStacks(
        this IResourceBuilder<FargateEnvironmentResource> builder
    ) => builder.Set(environment => environment.NestedStacks = true);

    /// <summary>Adds a tag to everything that can have one.</summary>
    public static IResourceBuilder<FargateEnvironmentResource> WithTag(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string key,
        string value
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(value);
        ThrowUnless(
            !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase),
            nameof(key),
            key,
            "a key that does not begin with aws:, which is AWS's own"
        );
        ThrowUnless(
            NameRules.IsTag(key, value),
            nameof(value),
            $"{key}={value}",
            "a key of 1 to 128 and a value of 0 to 256 letters, digits, spaces and _.:/=+-@"
        );
        return builder.Set(environment => environment.Tags[key] = value);
    }

    /// <summary>Changes the templates before they are checked and written: the last resort.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="configure">Is called for each; <see cref="Template.StackName"/> says which it is.</param>
    public static IResourceBuilder<FargateEnvironmentResource> ConfigureTemplate(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        Action<Template> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Set(environment => environment.TemplateConfigurations.Add(configure));
    }

    private static IResourceBuilder<FargateEnvironmentResource> Set(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        Action<FargateEnvironmentResource> set
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        set(builder.Resource);
        return builder;
    }

    private static OwnNetwork OwnNetworkOf(IResourceBuilder<FargateEnvironmentResource> builder, string method) =>
        builder.Resource.Network as OwnNetwork
        ?? throw new DistributedApplicationException(
            $"'{builder.Resource.Name}' uses a network that exists: {method} is for one of its own. Leave it or {nameof(WithExistingVpc)} out."
        );

    private static void ThrowUnless(bool holds, string parameter, string? value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"'{value}' is not what is wanted here: {expected}.", parameter);
        }
    }

    [GeneratedRegex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex VpcId();

    [GeneratedRegex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex SubnetId();

    [GeneratedRegex("^Z[A-Z0-9]{3,32}$")]
    private static partial Regex HostedZoneId();

    [GeneratedRegex("^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$")]
    private static partial Regex CertificateArn();

    [GeneratedRegex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$")]
    private static partial Regex TopicArn();

    [GeneratedRegex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$")]
    private static partial Regex PolicyArn();
}
