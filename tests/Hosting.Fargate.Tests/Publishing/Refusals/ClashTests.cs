using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>Two things of the model that would be one in the template.</summary>
public sealed class ClashTests
{
    [Fact]
    public async Task Endpoints_and_services_that_would_have_one_name_are_refused_by_both_all_at_once()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            builder
                .AddContainer("proxy", "nginx")
                .WithHttpEndpoint(targetPort: 80)
                .WithHttpEndpoint(targetPort: 81, name: "admin")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service =>
                {
                    service.WithRoute("/*", endpoint: "http");
                    service.WithRoute("/admin/*", endpoint: "admin");
                });
            builder
                .AddContainer("proxy-admin", "nginx")
                .WithHttpEndpoint(targetPort: 80)
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.WithRoute("/other/*"));
            builder.AddWorker("worker").WithEnvironment("TAG", builder.AddParameter("worker-image"));
        });

        Assert.StartsWith("The model cannot be published to 'shop' (", message, StringComparison.Ordinal);
        Assert.Contains(
            "'ProxyAdminTargetGroup' in the template: 'proxy' (AWS::ElasticLoadBalancingV2::TargetGroup) and 'proxy-admin' (AWS::ElasticLoadBalancingV2::TargetGroup).",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'WorkerImage' in the template: 'worker' (its image) and 'worker-image' (AddParameter). Rename one of them.",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_ConfigureTemplate_adds_twice_is_refused()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .ConfigureTemplate(template =>
                {
                    if (template.StackName == "shop")
                    {
                        template.Add(new TemplateResource("Cluster", "AWS::ECS::Cluster"));
                    }
                });
            builder.AddWorker("worker");
        });

        Assert.Contains("Two things of the model would be 'Cluster' in the template", message, StringComparison.Ordinal);
    }
}
