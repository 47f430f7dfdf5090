using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What a service knows an internal endpoint of its own by, and who may call single tasks.</summary>
public sealed class OwnAddressTests
{
    private static IResourceBuilder<ContainerResource> AddKafka(IDistributedApplicationBuilder builder)
    {
        // As Aspire's integration has it.
        var kafka = builder
            .AddContainer("kafka", "confluentinc/confluent-local", "7.9.0")
            .WithEndpoint(targetPort: 9092, name: "tcp", scheme: "tcp")
            .WithEndpoint(targetPort: 9093, name: "internal", scheme: "tcp");
        var tcp = kafka.GetEndpoint("tcp", KnownNetworkIdentifiers.LocalhostNetwork);
        var inner = kafka.GetEndpoint("internal", KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
        return kafka.WithEnvironment(
            "KAFKA_ADVERTISED_LISTENERS",
            ReferenceExpression.Create(
                $"PLAINTEXT://{tcp.Property(EndpointProperty.Host)}:29092,PLAINTEXT_HOST://{tcp.Property(EndpointProperty.HostAndPort)},PLAINTEXT_INTERNAL://{inner.Property(EndpointProperty.HostAndPort)}"
            )
        );
    }

    [Fact]
    public async Task A_broker_tells_its_clients_the_name_by_which_they_call_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var kafka = AddKafka(builder);
                builder.AddWorker("worker").WithEnvironment("BROKERS", kafka.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort));
            })
        ).Template();

        Assert.Equal(
            "PLAINTEXT://kafka:29092,PLAINTEXT_HOST://kafka:9092,PLAINTEXT_INTERNAL://localhost:9093",
            template.Variable("kafka", "KAFKA_ADVERTISED_LISTENERS")
        );
        Assert.Equal("kafka:9092", template.Variable("worker", "BROKERS"));
    }

    [Fact]
    public async Task Where_a_task_that_ends_calls_it_the_name_is_the_one_in_DNS_which_all_can_look_up()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var kafka = AddKafka(builder);
                builder.AddWorker("worker").WithEnvironment("BROKERS", kafka.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort));
                builder
                    .AddWorker("topics")
                    .WithEnvironment("BROKERS", kafka.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort))
                    .PublishAsFargateTask();
            })
        ).Template();

        Assert.Equal("kafka.shop.internal:9092", template.Variable("topics", "BROKERS"));
        Assert.Contains(
            "PLAINTEXT_HOST://kafka.shop.internal:9092",
            template.Variable("kafka", "KAFKA_ADVERTISED_LISTENERS"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_nobody_calls_it_it_is_localhost()
    {
        var template = (await Published.ModelAsync(builder => AddKafka(builder))).Template();

        Assert.Equal(
            "PLAINTEXT://localhost:29092,PLAINTEXT_HOST://localhost:9092,PLAINTEXT_INTERNAL://localhost:9093",
            template.Variable("kafka", "KAFKA_ADVERTISED_LISTENERS")
        );
        Assert.Empty(template.OfType("AWS::EC2::SecurityGroupIngress"));
    }

    [Fact]
    public async Task The_port_is_the_one_that_others_call_and_its_own_tasks_may_call_it()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddContainer("api", "app:1").WithHttpEndpoint(port: 81, targetPort: 8081);
            api.WithEnvironment("SELF", api.GetEndpoint("http"))
                .WithArgs("--self", ReferenceExpression.Create($"{api.GetEndpoint("http").Property(EndpointProperty.HostAndPort):uri}"));
            builder.AddWorker("worker").WithReference(api.GetEndpoint("http"));
        });

        var template = published.Template();
        Assert.Equal("http://api:81", template.Variable("api", "SELF"));
        Assert.Equal("[--self, api%3A81]", template.Container("api").At("Command").Show());
        Assert.Equal("8081", template.Property("Api8081FromApi", "FromPort"));
        Assert.Equal("GetAtt ApiSecurityGroup.GroupId", template.Property("Api8081FromApi", "SourceSecurityGroupId"));
        Assert.DoesNotContain("ApiService", template["ApiService"].DependsOn);
        Assert.Contains("its own tasks as `api:81`", published.File("README.md"), StringComparison.Ordinal);
    }
}
