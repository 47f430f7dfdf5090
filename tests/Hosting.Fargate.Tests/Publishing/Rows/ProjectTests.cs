using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ProjectTests
{
    [Fact]
    public async Task A_project_is_a_service_whose_image_is_a_parameter_by_digest_and_a_repository_of_the_foundation()
    {
        var published = await Published.ModelAsync(builder => builder.AddWorker("worker"));

        var template = published.Template();
        Assert.Equal("AWS::ECS::Service", template["WorkerService"].Type);
        Assert.Equal("Ref WorkerTaskDefinition", template.Service("worker").At("TaskDefinition").Show());
        Assert.Equal("Ref WorkerImage", template.Container("worker").At("Image").Show());
        Assert.EndsWith("@sha256:[0-9a-f]{64}$", template.Parameters.At("WorkerImage", "AllowedPattern").AsText());
        Assert.Null(template.Parameters.At("WorkerImage", "Default"));
        var repository = published.Templates.Foundation["WorkerRepository"];
        Assert.Equal("shop/worker", repository.Properties.At("RepositoryName").AsText());
        Assert.Equal("RetainExceptOnCreate", repository.DeletionPolicy);
        Assert.Equal("Retain", repository.UpdateReplacePolicy);
    }

    [Fact]
    public async Task The_execution_role_pulls_its_own_repository_and_writes_its_own_log()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWorker("worker"))).Template();

        Assert.Equal(
            "Sub arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/shop/worker",
            template.Statement("WorkerExecutionRole", "PullImage").At("Resource").Show()
        );
        Assert.Equal("GetAtt WorkerLogGroup.Arn", template.Statement("WorkerExecutionRole", "WriteLog").At("Resource").Show());
        Assert.Equal(
            ["RegistryLogin", "PullImage", "WriteLog"],
            template.Statements("WorkerExecutionRole").Select(statement => statement.At("Sid").AsText())
        );
    }

    [Fact]
    public async Task A_web_project_has_one_port_for_http_and_https_and_is_told_of_it()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api"))).Template();

        Assert.Equal(
            "[{Name: http, ContainerPort: 8080, Protocol: tcp, AppProtocol: http}]",
            template.Container("api").At("PortMappings").Show()
        );
        Assert.Equal("8080", template.Variable("api", "HTTP_PORTS"));
        Assert.Null(template.Variable("api", "HTTPS_PORTS"));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("http", "https")]
    public async Task An_explicit_target_port_is_where_the_project_listens_and_where_requests_go(params string[] endpoints)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api").WithExternalHttpEndpoints();
                foreach (var name in endpoints)
                {
                    api.WithEndpoint(name, endpoint => endpoint.TargetPort = 5000);
                }
            })
        ).Template();

        Assert.Equal(
            "[{Name: http, ContainerPort: 5000, Protocol: tcp, AppProtocol: http}]",
            template.Container("api").At("PortMappings").Show()
        );
        Assert.Equal("5000", template.Variable("api", "HTTP_PORTS"));
        Assert.Equal("5000", template.Property("ApiTargetGroup", "Port"));
        Assert.Equal("HTTP", template.Property("ApiTargetGroup", "Protocol"));
        Assert.Equal(
            "[5000]",
            new TemplateList(
                template["ApiSecurityGroup"].Properties.At("SecurityGroupIngress").Maps().Select(rule => rule.At("FromPort")!)
            ).Show()
        );
    }

    [Fact]
    public async Task A_project_whose_https_comes_first_listens_where_its_http_does()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWorker("api").WithHttpsEndpoint().WithHttpEndpoint(targetPort: 5000).WithExternalHttpEndpoints();
                builder.AddWorker("client").WithReference(api);
            })
        ).Template();

        Assert.Equal(
            "[{Name: http, ContainerPort: 5000, Protocol: tcp, AppProtocol: http}]",
            template.Container("api").At("PortMappings").Show()
        );
        Assert.Equal("5000", template.Property("ApiTargetGroup", "Port"));
        Assert.Equal("http://api:5000", template.Variable("client", "services__api__http__0"));
    }

    [Fact]
    public async Task A_project_with_https_alone_is_not_told_to_speak_TLS_without_a_certificate_and_can_be_called()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddWorker("api").WithHttpsEndpoint();
            builder.AddWorker("client").WithReference(api);
        });

        Assert.Null(published.Template().Variable("api", "HTTPS_PORTS"));
        Assert.Contains("HTTPS_PORTS is left out", published.Notices("api"), StringComparison.Ordinal);
        Assert.Equal("http://api", published.Template().Variable("client", "services__api__https__0"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Https_with_a_port_of_its_own_is_plain_HTTP_too_for_the_image_has_no_certificate(bool hasHttp)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWorker("api").WithHttpsEndpoint(targetPort: 8443);
                if (hasHttp)
                {
                    api.WithHttpEndpoint();
                }

                builder.AddWorker("client").WithReference(api).WithEnvironment("API", api.GetEndpoint("https"));
            })
        ).Template();

        Assert.Null(template.Variable("api", "HTTPS_PORTS"));
        Assert.Equal(
            "[{Name: http, ContainerPort: 8080, Protocol: tcp, AppProtocol: http}]",
            template.Container("api").At("PortMappings").Show()
        );
        Assert.Equal("http://api", template.Variable("client", "API"));
    }

    [Fact]
    public async Task Several_http_endpoints_have_a_port_each()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddWeb("api").WithHttpEndpoint(targetPort: 9090, name: "metrics"))
        ).Template();

        Assert.Equal(
            "[{Name: http, ContainerPort: 8080, Protocol: tcp, AppProtocol: http}, {Name: metrics, ContainerPort: 9090, Protocol: tcp, AppProtocol: http}]",
            template.Container("api").At("PortMappings").Show()
        );
        Assert.Equal("8080;9090", template.Variable("api", "HTTP_PORTS"));
    }

    [Fact]
    public async Task The_host_stops_before_its_task_is_killed_and_runs_in_its_environment()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWorker("worker"))).Template();

        Assert.Equal("45", template.Variable("worker", "DOTNET_SHUTDOWNTIMEOUTSECONDS"));
        Assert.Equal("60", template.Container("worker").At("StopTimeout").AsText());
        Assert.Equal("Production", template.Variable("worker", "DOTNET_ENVIRONMENT"));
    }

    [Fact]
    public async Task Replicas_are_the_desired_count_where_nothing_scales()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWorker("fixed").WithReplicas(3);
                builder.AddWorker("scaled").WithReplicas(3).PublishAsFargateService(service => service.Scale(2, 4));
            })
        ).Template();

        Assert.Equal(3, template.Service("fixed").At("DesiredCount").AsInt());
        Assert.Null(template.Service("scaled").At("DesiredCount"));
    }

    [Fact]
    public async Task Arguments_are_the_command()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var stage = builder.AddParameter("stage", "prod");
                builder.AddWorker("worker").WithArgs("--price", "${cost}").WithArgs(context => context.Args.Add(stage.Resource));
            })
        ).Template();

        Assert.Equal("[--price, ${cost}, Ref Stage]", template.Container("worker").At("Command").Show());
    }
}
