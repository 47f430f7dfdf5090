using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Two tasks do for a browser what one does: keys that all share, and sessions that stay.</summary>
public sealed class BrowserTests
{
    private const string Keys = "data-protection-keys";

    [Fact]
    public async Task An_external_project_has_its_keys_before_it_starts()
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("site").WithExternalHttpEndpoints());

        var template = published.Template();
        var writer = template.Container("site", Keys);
        Assert.Equal("false", writer.At("Essential").Show());
        Assert.Null(writer.At("RestartPolicy"));
        Assert.Equal("[{Name: KEYS, ValueFrom: Ref SiteDataProtectionKeysSecretArn}]", writer.At("Secrets").Show());
        Assert.Equal(
            "[{SourceVolume: data-protection-keys, ContainerPath: /data-protection-keys, ReadOnly: false}]",
            writer.At("MountPoints").Show()
        );
        Assert.Equal(
            "[{SourceVolume: data-protection-keys, ContainerPath: /data-protection-keys, ReadOnly: true}]",
            template.Container("site").At("MountPoints").Show()
        );
        Assert.Equal("[{Name: data-protection-keys}]", template.Property("SiteTaskDefinition", "Volumes"));
        Assert.Equal("/data-protection-keys", template.Variable("site", "ReadOnlyDataProtectionKeyDirectory"));
        Assert.Contains(
            "{ContainerName: data-protection-keys, Condition: SUCCESS}",
            template.Container("site").At("DependsOn").Show(),
            StringComparison.Ordinal
        );
        Assert.Null(template.Secret("site", "KEYS"));
    }

    [Fact]
    public async Task The_keys_are_a_secret_of_the_service_that_it_alone_reads()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var site = builder.AddWeb("site").WithExternalHttpEndpoints();
            builder.AddWeb("inner").WithReference(site);
        });

        var secret = published.Templates.Foundation["SiteDataProtectionKeysSecret"];
        Assert.Equal("shop/site-data-protection-keys", secret.Properties.At("Name").Show());
        Assert.Equal("RetainExceptOnCreate", secret.DeletionPolicy);
        Assert.Equal(
            "Ref SiteDataProtectionKeysSecretArn",
            published.Template().Statement("SiteExecutionRole", "ReadSecrets").At("Resource").Show()
        );
        Assert.Null(published.Template().Statement("InnerExecutionRole", "ReadSecrets"));
        Assert.DoesNotContain(published.Template().Containers("inner"), container => container.At("Name").AsText() == Keys);
        Assert.Contains(
            "keys made by deploy, which adds one where the newest is 90 days old",
            published.File("README.md"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "put-secret-value --secret-id shop/site-data-protection-keys",
            published.File("README.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_browser_stays_with_its_task_where_a_project_is_external()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWeb("site").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/site/*"));
                builder
                    .AddContainer("front", "nginx", "1.29")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute("/front/*"));
            })
        ).Template();

        Assert.Equal(
            "[{Key: deregistration_delay.timeout_seconds, Value: 30}, {Key: stickiness.enabled, Value: true}, {Key: stickiness.type, "
                + "Value: lb_cookie}, {Key: stickiness.lb_cookie.duration_seconds, Value: 86400}]",
            template.Property("SiteTargetGroup", "TargetGroupAttributes")
        );
        Assert.Contains(
            "{Key: stickiness.enabled, Value: false}",
            template.Property("FrontTargetGroup", "TargetGroupAttributes"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_options_say_otherwise()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/api/*");
                        service.StickySessions = false;
                        service.DataProtectionKeys = false;
                    });
                builder
                    .AddContainer("front", "example/aspnet", "1")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/front/*");
                        service.StickySessions = true;
                        service.DataProtectionKeys = true;
                    });
            })
        ).Template();

        Assert.Contains(
            "{Key: stickiness.enabled, Value: false}",
            template.Property("ApiTargetGroup", "TargetGroupAttributes"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(template.Containers("api"), container => container.At("Name").AsText() == Keys);
        Assert.Null(template.Variable("api", "ReadOnlyDataProtectionKeyDirectory"));
        Assert.Contains(
            "{Key: stickiness.enabled, Value: true}",
            template.Property("FrontTargetGroup", "TargetGroupAttributes"),
            StringComparison.Ordinal
        );
        Assert.NotNull(template.Container("front", Keys));
    }

    [Fact]
    public async Task The_environment_says_it_for_all_and_where_the_image_is()
    {
        var without = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithDataProtectionKeys(enabled: false);
            builder.AddWeb("site").WithExternalHttpEndpoints();
        });
        var copied = await Published.ModelAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .WithVpcEndpoints()
                .WithTelemetry(Telemetry.Direct)
                .WithDataProtectionKeys(image: $"{MatrixModel.Registry}/busybox:1");
            builder.AddWeb("site").WithExternalHttpEndpoints();
        });

        Assert.DoesNotContain(without.Template().Containers("site"), container => container.At("Name").AsText() == Keys);
        Assert.Equal($"{MatrixModel.Registry}/busybox:1", copied.Template().Container("site", Keys).At("Image").Show());
    }

    [Fact]
    public async Task What_the_application_says_of_its_keys_stays()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWeb("site").WithExternalHttpEndpoints().WithEnvironment("ReadOnlyDataProtectionKeyDirectory", "/mine")
            )
        ).Template();

        Assert.Equal("/mine", template.Variable("site", "ReadOnlyDataProtectionKeyDirectory"));
    }

    [Fact]
    public async Task Behind_VPC_endpoints_it_is_said_what_is_missing()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithVpcEndpoints().WithTelemetry(Telemetry.Direct);
            builder.AddWeb("site").WithExternalHttpEndpoints();
        });

        Assert.Contains("shares no keys of ASP.NET Core Data Protection", published.Notices("site"), StringComparison.Ordinal);
        Assert.Contains("WithDataProtectionKeys(image: …)", published.Notices("site"), StringComparison.Ordinal);
        Assert.Empty(published.Application.Secrets);
    }

    [Fact]
    public async Task What_shifts_traffic_does_not_stick_and_says_so()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWeb("site")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.Deployment = DeploymentStrategy.Canary())
        );

        Assert.Contains(
            "{Key: stickiness.enabled, Value: false}",
            published.Template().Property("SiteTargetGroup", "TargetGroupAttributes"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has no sticky sessions, since it shifts traffic as it deploys",
            published.Notices("site"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_name()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithVpcEndpoints().WithTelemetry(Telemetry.Direct);
            builder.AddWorker("worker").PublishAsFargateService(service => service.StickySessions = true);
            builder
                .AddWeb("site")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service =>
                {
                    service.DataProtectionKeys = true;
                    service.StickySessions = true;
                    service.Deployment = DeploymentStrategy.BlueGreen();
                });
        });

        Assert.Contains("(3 problems)", message, StringComparison.Ordinal);
        Assert.Contains("'worker' sets StickySessions and has no external endpoint", message, StringComparison.Ordinal);
        Assert.Contains("'site' sets StickySessions and shifts traffic as it deploys", message, StringComparison.Ordinal);
        Assert.Contains(
            "'site' sets DataProtectionKeys, which a container with the image 'public.ecr.aws/docker/library/busybox:1.37.0' " + "writes",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_parameter_of_the_same_name_is_refused()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddWeb("site")
                .WithExternalHttpEndpoints()
                .WithEnvironment("X", builder.AddParameter("site-data-protection-keys", secret: true))
        );

        Assert.Contains(
            "'site-data-protection-keys' has the name of the secret with the keys of Data Protection that all tasks of 'site' " + "share",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_templates_have_no_fault()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWeb("site").WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithReplicas(2)
        );

        Assert.Empty(
            await CfnLint.CheckAsync([
                .. published
                    .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                    .Select(file => (file.Name, file.Content)),
            ])
        );
    }
}
