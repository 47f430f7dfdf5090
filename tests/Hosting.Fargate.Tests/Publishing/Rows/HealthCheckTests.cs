using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

#pragma warning disable ASPIREPROBES001 // Probes say how a service shows that it works.

public sealed class HealthCheckTests
{
    [Fact]
    public async Task A_health_check_of_the_model_is_the_load_balancers()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWeb("api").WithExternalHttpEndpoints().WithHttpHealthCheck("/health_check/v1", 204)
            )
        ).Template();

        Assert.Equal("/health_check/v1", template.Property("ApiTargetGroup", "HealthCheckPath"));
        Assert.Equal("{HttpCode: 204}", template.Property("ApiTargetGroup", "Matcher"));
        Assert.Null(template.Property("ApiTargetGroup", "HealthCheckPort"));
    }

    [Fact]
    public async Task A_probe_wins_over_a_health_check_and_readiness_over_liveness()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddWeb("both")
                    .WithExternalHttpEndpoints()
                    .WithHttpHealthCheck("/health")
                    .WithHttpProbe(ProbeType.Liveness, "/alive")
                    .PublishAsFargateService(service => service.WithRoute("/both/*"));
                builder
                    .AddWeb("ready")
                    .WithExternalHttpEndpoints()
                    .WithHttpProbe(ProbeType.Liveness, "/alive")
                    .WithHttpProbe(ProbeType.Readiness, "ready")
                    .PublishAsFargateService(service => service.WithRoute("/ready/*"));
            })
        ).Template();

        Assert.Equal("/alive", template.Property("BothTargetGroup", "HealthCheckPath"));
        Assert.Equal("/ready", template.Property("ReadyTargetGroup", "HealthCheckPath"));
    }

    [Fact]
    public async Task Without_one_any_answer_below_500_counts_and_the_reader_is_told()
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints());

        Assert.Equal("/", published.Template().Property("ApiTargetGroup", "HealthCheckPath"));
        Assert.Equal("{HttpCode: 200-499}", published.Template().Property("ApiTargetGroup", "Matcher"));
        Assert.Contains("has no health check", published.Notices("api"), StringComparison.Ordinal);
        Assert.Contains("WithHttpHealthCheck", published.Notices("api"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_health_check_of_another_endpoint_goes_to_that_one()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddContainer("proxy", "envoy")
                    .WithHttpEndpoint(targetPort: 8080)
                    .WithHttpEndpoint(targetPort: 9901, name: "admin")
                    .WithEndpoint("http", endpoint => endpoint.IsExternal = true)
                    .WithHttpHealthCheck("/ready", endpointName: "admin")
            )
        ).Template();

        Assert.Equal("8080", template.Property("ProxyTargetGroup", "Port"));
        Assert.Equal("/ready", template.Property("ProxyTargetGroup", "HealthCheckPath"));
        Assert.Equal("9901", template.Property("ProxyTargetGroup", "HealthCheckPort"));
        Assert.Equal(
            [8080, 9901],
            template["ProxySecurityGroup"].Properties.At("SecurityGroupIngress").Maps().Select(rule => rule.At("FromPort").AsInt()!.Value)
        );
    }

    [Fact]
    public async Task The_options_win_over_the_model()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .WithHttpHealthCheck("/health", 204)
                    .PublishAsFargateService(service =>
                    {
                        service.HealthCheck.Path = "/ping";
                        service.HealthCheck.SuccessCodes = "200-299";
                        service.HealthCheck.Interval = TimeSpan.FromSeconds(20);
                        service.HealthCheck.Timeout = TimeSpan.FromSeconds(7);
                        service.HealthCheck.HealthyThreshold = 4;
                        service.HealthCheck.UnhealthyThreshold = 6;
                        service.HealthCheck.GracePeriod = TimeSpan.FromMinutes(2);
                    })
            )
        ).Template();

        Assert.Equal("/ping", template.Property("ApiTargetGroup", "HealthCheckPath"));
        Assert.Equal("{HttpCode: 200-299}", template.Property("ApiTargetGroup", "Matcher"));
        Assert.Equal("20", template.Property("ApiTargetGroup", "HealthCheckIntervalSeconds"));
        Assert.Equal("7", template.Property("ApiTargetGroup", "HealthCheckTimeoutSeconds"));
        Assert.Equal("4", template.Property("ApiTargetGroup", "HealthyThresholdCount"));
        Assert.Equal("6", template.Property("ApiTargetGroup", "UnhealthyThresholdCount"));
        Assert.Equal(120, template.Service("api").At("HealthCheckGracePeriodSeconds").AsInt());
    }

    [Fact]
    public async Task A_check_of_an_internal_service_is_noticed_since_nobody_asks_it()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWeb("inner").WithHttpHealthCheck("/health");
            builder.AddWeb("outer").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
            builder
                .AddWeb("checked")
                .WithHttpHealthCheck("/health")
                .PublishAsFargateService(service => service.ContainerHealthCheck = new("CMD", "/app/check"));
        });

        Assert.Contains(
            "has a health check (/health) that nobody asks here: it has no external endpoint, and so no load balancer.",
            published.Notices("inner"),
            StringComparison.Ordinal
        );
        Assert.Contains("service.ContainerHealthCheck", published.Notices("inner"), StringComparison.Ordinal);
        Assert.Empty(published.Notices("outer"));
        Assert.Empty(published.Notices("checked"));
    }
}
