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
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> AddFargateEnvironment(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        var environment = new FargateEnvironmentResource(name) { AppHostDirectory = builder.AppHostDirectory };
        if (builder.ExecutionContext.IsRunMode)
        {
            DeployedStack.AddTo(builder, environment);
            return builder.CreateResourceBuilder(environment);
        }

        FargateConsole.AddTo(builder);
        environment.Annotations.Add(FargateSteps.Create(environment));
        builder.Eventing.Subscribe<BeforeStartEvent>(
            async (started, _) =>
            {
                DotnetProjects.Replace(started.Model, environment);
                if (EnvironmentBindings.WhyNot(started.Model) is { } why)
                {
                    await FargateConsole.RefuseAsync(started.Services, "compute-environments", why);
                }
            }
        );
        return builder.AddResource(environment);
    }

    /// <summary>
    /// Says which profile deploys and to which region: <c>builder.AddAWSSDKConfig().WithProfile("shop").WithRegion("eu-west-1")</c>.
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="aws">Profile and region; what is not set there is as the AWS SDK finds it.</param>
    [AspireExportIgnore(Reason = "The profile and region come from the environment of who deploys; AddAWSSDKConfig is not exported.")]
    public static IResourceBuilder<FargateEnvironmentResource> WithReference(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        IAWSSDKConfig aws
    )
    {
        ArgumentNullException.ThrowIfNull(aws);
        return builder.Set(environment => environment.Aws = aws);
    }

    /// <summary>Turns Container Insights on. It is on without this where scaling by backlog needs it.</summary>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithContainerInsights(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        ContainerInsights insights = ContainerInsights.Enabled
    ) => builder.Set(environment => environment.Insights = insights);

    /// <summary>Says how traces and metrics reach CloudWatch; by the CloudWatch agent unless said.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="telemetry">The way.</param>
    /// <param name="image">The sidecar's image where it is not AWS's, such as a copy in ECR.</param>
    [AspireExport]
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

    /// <summary>
    /// Says whether the tasks of a service share the keys of ASP.NET Core Data Protection, where the service itself does not say
    /// (<see cref="FargateService.DataProtectionKeys"/>).
    /// </summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="enabled">Whether external .NET projects do; they do unless said.</param>
    /// <param name="image">The image of the container that writes them, where it is not busybox of public.ecr.aws, such as a copy in ECR.
    /// It needs a shell.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithDataProtectionKeys(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        bool enabled = true,
        string? image = null
    ) => builder.Set(environment => environment.DataProtection = (enabled, image));

    /// <summary>Tells an SNS topic of alarms.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="topicArn">The topic, <c>arn:aws:sns:…</c>.</param>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithAlarmTopic(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string topicArn
    )
    {
        ThrowUnless(
            TopicArn().Takes(topicArn),
            nameof(topicArn),
            topicArn,
            "an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:on-call"
        );
        return builder.Set(environment => environment.Alarms = new AlarmPlan(Enabled: true, topicArn));
    }

    /// <summary>Leaves all alarms out.</summary>
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithoutAlarms(this IResourceBuilder<FargateEnvironmentResource> builder) =>
        builder.Set(environment => environment.Alarms = new AlarmPlan(Enabled: false, TopicArn: null));

    /// <summary>Says which instances <see cref="Capacity.ManagedInstances"/> may choose.</summary>
    /// <param name="builder">The environment's builder.</param>
    /// <param name="minVCpus">The fewest virtual CPUs.</param>
    /// <param name="minMemoryMiB">The least memory in MiB.</param>
    /// <param name="maxVCpus">The most virtual CPUs; any number unless given.</param>
    [AspireExport]
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
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithPermissionsBoundary(
        this IResourceBuilder<FargateEnvironmentResource> builder,
        string policyArn
    )
    {
        ThrowUnless(
            PolicyArn().Takes(policyArn),
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
    [AspireExport]
    public static IResourceBuilder<FargateEnvironmentResource> WithNestedStacks(
        this IResourceBuilder<FargateEnvironmentResource> builder
    ) => builder.Set(environment => environment.NestedStacks = true);

    /// <summary>Adds a tag to everything that can have one.</summary>
    [AspireExport]
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
    [AspireExportIgnore(Reason = "Templates are objects of C# alone.")]
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

    private static void ThrowUnless(bool holds, string parameter, string? value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"'{value}' is not what is wanted here: {expected}.", parameter);
        }
    }

    [GeneratedRegex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$")]
    private static partial Regex TopicArn();

    [GeneratedRegex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$")]
    private static partial Regex PolicyArn();
}
