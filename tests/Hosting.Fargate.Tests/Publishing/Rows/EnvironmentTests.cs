using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task Each_environment_has_its_own_resources_and_calls_the_others_external_endpoints_by_import()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var front = builder.AddFargateEnvironment("front");
            var back = builder.AddFargateEnvironment("back");
            var api = builder.AddWeb("api").WithComputeEnvironment(back).WithExternalHttpEndpoints();
            builder
                .AddWeb("site")
                .WithComputeEnvironment(front)
                .WithReference(api)
                .WithEnvironment("HOST", api.GetEndpoint("http").Property(EndpointProperty.Host))
                .WithEnvironment("TARGET", api.GetEndpoint("http").Property(EndpointProperty.TargetPort));
        });

        var template = published.Template();
        Assert.Equal("front", template.StackName);
        Assert.Equal(["SiteService"], template.OfType("AWS::ECS::Service").Select(service => service.Id));
        Assert.Equal(
            "Sub http://${Value1} {Value1: ImportValue back:LoadBalancerDnsName}",
            template.Variable("site", "services__api__http__0")
        );
        Assert.Equal("ImportValue back:LoadBalancerDnsName", template.Variable("site", "HOST"));
        Assert.Equal("8080", template.Variable("site", "TARGET"));
    }

    [Fact]
    public async Task Another_environments_domain_is_its_address()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var front = builder.AddFargateEnvironment("front");
                var back = builder.AddFargateEnvironment("back").WithDomain("back.example.com", "Z0123456789");
                var api = builder.AddWeb("api").WithComputeEnvironment(back).WithExternalHttpEndpoints();
                builder.AddWeb("site").WithComputeEnvironment(front).WithEnvironment("URL", api.GetEndpoint("http"));
            })
        ).Template();

        Assert.Equal("https://back.example.com", template.Variable("site", "URL"));
    }

    [Fact]
    public async Task The_address_is_exported_by_the_name_that_others_import()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints())).Template();

        Assert.Equal("shop:LoadBalancerDnsName", template.Outputs.At("LoadBalancerDnsName", "Export", "Name").Show());
    }

    [Theory]
    [InlineData("front", false)]
    [InlineData("back", true)]
    public async Task A_queue_is_where_it_is_used(string first, bool isThere)
    {
        var published = await Published.ModelAsync(builder =>
        {
            var environments = new[] { first, first == "front" ? "back" : "front" }.ToDictionary(
                name => name,
                builder.AddFargateEnvironment
            );
            var jobs = builder.AddSqsQueue("jobs");
            builder.AddWorker("worker").WithComputeEnvironment(environments["back"]).WithReference(jobs, QueueAccess.Consume);
            builder.AddWorker("other").WithComputeEnvironment(environments["front"]);
        });

        Assert.Equal(isThere, published.Templates.Foundation.Contains("JobsQueue"));
    }

    [Fact]
    public async Task A_queue_of_two_environments_is_refused_unless_it_exists()
    {
        static void Model(IDistributedApplicationBuilder builder, string? arn)
        {
            var front = builder.AddFargateEnvironment("front");
            var back = builder.AddFargateEnvironment("back");
            var jobs = builder.AddSqsQueue("jobs");
            if (arn is not null)
            {
                jobs.UseExisting(arn);
            }

            builder.AddWorker("sender").WithComputeEnvironment(front).WithReference(jobs, QueueAccess.Send);
            builder.AddWorker("worker").WithComputeEnvironment(back).WithReference(jobs, QueueAccess.Consume);
        }

        var refusal = await Published.RefusalAsync(builder => Model(builder, arn: null));
        Assert.Contains("'jobs' is used from the environments 'front' and 'back'", refusal, StringComparison.Ordinal);
        Assert.Contains("UseExisting(arn)", refusal, StringComparison.Ordinal);

        var published = await Published.ModelAsync(builder => Model(builder, "arn:aws:sqs:eu-west-1:123456789012:jobs"));
        Assert.Equal(
            "arn:aws:sqs:eu-west-1:123456789012:jobs",
            published.Template().Statement("SenderTaskRole", "JobsQueue").At("Resource").Show()
        );
    }

    [Fact]
    public async Task An_output_of_another_environments_queue_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var front = builder.AddFargateEnvironment("front");
            var back = builder.AddFargateEnvironment("back");
            var jobs = builder.AddSqsQueue("jobs");
            builder.AddWorker("worker").WithComputeEnvironment(back).WithReference(jobs, QueueAccess.Consume);
            builder
                .AddWorker("sender")
                .WithComputeEnvironment(front)
                .WithEnvironment("URL", ReferenceExpression.Create($"{jobs.Resource.QueueUrl}"));
        });

        Assert.Contains("'sender' uses 'jobs', which 'front' does not have", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internal_endpoint_of_another_environment_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var front = builder.AddFargateEnvironment("front");
            var back = builder.AddFargateEnvironment("back");
            var api = builder.AddWeb("api").WithComputeEnvironment(back);
            builder
                .AddWeb("site")
                .WithComputeEnvironment(front)
                .WithEnvironment("URL", api.GetEndpoint("http"))
                .WithEnvironment("NONE", api.GetEndpoint("grpc"));
        });

        Assert.Contains(
            "URL of 'site' refers to the internal endpoint 'http' of 'api', which is in the environment 'back'. Make the endpoint external",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("NONE of 'site' refers to the endpoint 'grpc' of 'api', which there is not", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_model_excludes_is_left_out_and_listed()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWorker("worker");
            builder.AddContainer("tool", "busybox").ExcludeFromManifest();
            builder.AddExecutable("script", "sh", ".").ExcludeFromManifest();
            builder.AddSqsQueue("unused").ExcludeFromManifest();
        });

        Assert.False(published.Template().Contains("ToolService"));
        Assert.False(published.Templates.Foundation.Contains("UnusedQueue"));
        Assert.Contains("ExcludeFromManifest", published.Notices("tool"), StringComparison.Ordinal);
        Assert.Contains("ExcludeFromManifest", published.Notices("script"), StringComparison.Ordinal);
        Assert.Contains("ExcludeFromManifest", published.Notices("unused"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_of_a_named_environment_has_the_name_behind_its_own()
    {
        var published = await Published.ModelAsync(
            builder => builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(builder.AddSqsQueue("jobs"), QueueAccess.Send),
            FargateCommandLine.Parse(["--environment", "Staging"])
        );

        Assert.Equal("shop-staging", published.Template().StackName);
        Assert.Equal("shop-staging-foundation", published.Templates.Foundation.StackName);
        Assert.Equal(
            ["shop-staging-foundation.template.yaml", "shop-staging.parameters.json", "shop-staging.template.yaml"],
            published
                .Files.Select(file => file.Name)
                .Where(name => name.StartsWith("shop", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("shop-staging-jobs", published.Templates.Foundation.Property("JobsQueue", "QueueName"));
        Assert.Equal("shop-staging", published.Template().Property("Cluster", "ClusterName"));
        Assert.Equal("Ref JobsQueueUrl", published.Template().Variable("api", "AWS__Resources__jobs__QueueUrl"));
        Assert.Equal("Staging", published.Template().Variable("api", "DOTNET_ENVIRONMENT"));
        Assert.Equal("Staging", published.Template().Tags("ApiService")["aspire:environment"]);
        Assert.Equal("shop", published.Template().Tags("ApiService")["aspire:application"]);
    }

    [Fact]
    public void In_run_mode_the_model_has_no_environment()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

        builder.AddFargateEnvironment("shop").WithPrivateTasks().WithTag("team", "shop");

        Assert.Empty(builder.Resources);
    }
}
