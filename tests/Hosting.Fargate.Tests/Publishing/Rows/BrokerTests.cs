using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>RabbitMQ that Amazon MQ runs.</summary>
public sealed class BrokerTests
{
    private const string Host = "Select [0, Split [:, Select [1, Split [://, Select [0, GetAtt BusBroker.AmqpEndpoints]]]]]";

    private static IResourceBuilder<RelationalResources.RabbitMQServerResource> AddShop(IDistributedApplicationBuilder builder)
    {
        var broker = builder.AddRabbitMQServer("bus");
        builder.AddWeb("site").WithExternalHttpEndpoints().WithReference(broker).WaitFor(broker);
        builder.AddWorker("stranger");
        return broker;
    }

    [Fact]
    public async Task It_is_no_task_but_a_broker_with_the_password_of_the_model()
    {
        var published = await Published.ModelAsync(builder => AddShop(builder));
        var template = published.Template();

        Assert.DoesNotContain(template.OfType("AWS::ECS::Service"), service => service.Id == "BusService");
        var broker = template["BusBroker"].Properties;
        Assert.Equal(
            ("shop-bus", "RABBITMQ", "4.2", "mq.m7g.medium", "SINGLE_INSTANCE", "false"),
            (
                broker.At("BrokerName").Show(),
                broker.At("EngineType").Show(),
                broker.At("EngineVersion").Show(),
                broker.At("HostInstanceType").Show(),
                broker.At("DeploymentMode").Show(),
                broker.At("PubliclyAccessible").Show()
            )
        );
        Assert.Equal(
            "[{Username: rabbit, Password: Sub {{resolve:secretsmanager:${BusPasswordSecretArn}:SecretString}}}]",
            broker.At("Users").Show()
        );
        Assert.Equal("[Ref DataSubnetA]", broker.At("SubnetIds").Show());
        Assert.Contains(
            "is a broker of Amazon MQ, since the model says nothing else: RabbitMQ 4.2",
            published.Notices("bus"),
            StringComparison.Ordinal
        );
        Assert.Contains("has the user 'rabbit' on AWS in place of 'guest'", published.Notices("bus"), StringComparison.Ordinal);
        Assert.Contains(published.Files, file =>
            file.Name.StartsWith("deployer-policy", StringComparison.Ordinal)
            && file.Content.Contains("mq.amazonaws.com", StringComparison.Ordinal)
        );
        Assert.Contains("mq:DescribeBroker", published.File("reader-policy.json"), StringComparison.Ordinal);
    }

    /// <summary>Its value at deploy may be another.</summary>
    [Theory]
    [InlineData("guest", true)]
    [InlineData("a b", true)]
    [InlineData("orders", false)]
    public async Task A_user_by_a_parameter_that_Amazon_MQ_does_not_take_is_told(string user, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddRabbitMQServer("bus", user: builder.AddParameter("bus-user", user)))
        );

        Assert.Equal(
            isTold,
            published
                .Notices("bus")
                .Contains($"has the user '{user}' by the parameter 'bus-user', which Amazon MQ does not take", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_refers_to_it_has_its_address_by_amqps()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var broker = AddShop(builder).WithHttpEndpoint(targetPort: 15672, name: "management");
            var host = builder.AddResource(new RelationalResources.RabbitMQVirtualHostResource("orders", broker.Resource));
            builder
                .AddWorker("worker")
                .WithReference(broker)
                .WithReference(host)
                .WithEnvironment("MANAGEMENT", broker.Resource.ManagementEndpoint)
                .WithEnvironment("SCHEME", broker.Resource.PrimaryEndpoint.Property(EndpointProperty.Scheme));
        });

        var template = published.Template();
        Assert.Equal(
            ("5671", "rabbit", "amqps", "5671", "443"),
            (
                template.Variable("worker", "BUS_PORT"),
                template.Variable("worker", "BUS_USERNAME"),
                template.Variable("worker", "SCHEME"),
                template.Property("BusBrokerFromWorker", "ToPort"),
                template.Property("BusBroker443FromWorker", "ToPort")
            )
        );
        Assert.Contains(Host, template.Variable("worker", "BUS_HOST"), StringComparison.Ordinal);
        var secrets = template
            .OfType("AWS::SecretsManager::Secret")
            .Select(secret => secret.Properties.At("SecretString").Show()!)
            .ToList();
        const string password = "{{resolve:secretsmanager:${BusPasswordUriEncodedSecretArn}:SecretString}}";
        Assert.Contains(secrets, secret => secret.Contains($"amqps://rabbit:{password}@${{Value1}}:5671", StringComparison.Ordinal));
        Assert.Contains(secrets, secret => secret.Contains($"amqps://rabbit:{password}@${{Value1}}:5671/orders", StringComparison.Ordinal));
        Assert.Contains("https://${Value1}", template.Variable("worker", "MANAGEMENT"), StringComparison.Ordinal);
        Assert.Contains(
            "has 'orders' (RabbitMQVirtualHostResource), which Aspire makes here alone",
            published.Notices("bus"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_program_that_the_model_tells_its_address_itself_is_told_of_TLS_and_of_other_ports()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var broker = builder.AddRabbitMQServer("bus").WithHttpEndpoint(targetPort: 15672, name: "management");
            var host = broker.Resource.PrimaryEndpoint.Property(EndpointProperty.Host);
            builder
                .AddContainer("flow", "example/flow", "1")
                .WithEnvironment("A_MQ_USER", "guest")
                .WithEnvironment("MQ_HOST", host)
                .WithEnvironment("MQ_PORT", "5672")
                .WithReference(broker);
            builder
                .AddContainer("topology", "example/topology", "1")
                .WithEnvironment("MQ_HOST", host)
                .WithArgs("-c", "curl http://$MQ_HOST:15672/api/overview");
            builder
                .AddContainer("sound", "example/sound", "1")
                .WithEnvironment(
                    "MQ",
                    ReferenceExpression.Create($"amqp://{host}:{broker.Resource.PrimaryEndpoint.Property(EndpointProperty.Port)}")
                )
                .WithEnvironment("ADMIN", broker.Resource.ManagementEndpoint);
            builder.AddContainer("stranger", "example/stranger", "1").WithEnvironment("PORT", "5672").WithEnvironment("A_USER", "guest");
        });

        var template = published.Template();
        Assert.Equal("rabbit", template.Variable("flow", "A_MQ_USER"));
        Assert.Equal("guest", template.Variable("stranger", "A_USER"));
        Assert.Contains("names 'bus' in MQ_HOST, which AWS runs, over TLS alone", published.Notices("flow"), StringComparison.Ordinal);
        Assert.Contains(
            "says port 5672 in MQ_PORT, where 'bus' is here alone: on AWS it is at 5671 over TLS (amqps), its management at 443 (https)",
            published.Notices("flow"),
            StringComparison.Ordinal
        );
        Assert.Contains("says port 15672 in an argument, where 'bus' is", published.Notices("topology"), StringComparison.Ordinal);
        Assert.All(["sound", "stranger"], name =>
        {
            Assert.DoesNotContain("over TLS", published.Notices(name), StringComparison.Ordinal);
            Assert.DoesNotContain("says port", published.Notices(name), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Its_default_virtual_host_is_there()
    {
        var published = await Published.ModelAsync(builder => AddShop(builder).WithEnvironment("RABBITMQ_DEFAULT_VHOST", "/"));

        Assert.True(published.Template().Contains("BusBroker"));
        Assert.DoesNotContain("RABBITMQ_DEFAULT_VHOST", published.Notices("bus"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_what_the_options_say()
    {
        var template = (
            await Published.ModelAsync(builder =>
                AddShop(builder)
                    .WithImageTag("3.13")
                    .PublishAsAmazonMq(broker =>
                    {
                        (broker.InstanceType, broker.MultiAz) = ("mq.m7g.large", true);
                        broker.MaintainOn(DayOfWeek.Sunday, hour: 3, "Europe/Berlin");
                    })
            )
        ).Template();

        var broker = template["BusBroker"].Properties;
        Assert.Equal(
            ("shop-bus-cluster", "3.13", "mq.m7g.large", "CLUSTER_MULTI_AZ"),
            (
                broker.At("BrokerName").Show(),
                broker.At("EngineVersion").Show(),
                broker.At("HostInstanceType").Show(),
                broker.At("DeploymentMode").Show()
            )
        );
        Assert.Equal("[Ref DataSubnetA, Ref DataSubnetB]", broker.At("SubnetIds").Show());
        Assert.Equal("{DayOfWeek: SUNDAY, TimeOfDay: 03:00, TimeZone: Europe/Berlin}", broker.At("MaintenanceWindowStartTime").Show());
        Assert.Equal(
            ("SystemCpuUtilization", "[{Name: Broker, Value: shop-bus-cluster}]"),
            (template.Property("BusBrokerCpuAlarm", "MetricName"), template.Property("BusBrokerCpuAlarm", "Dimensions"))
        );
        Assert.Contains("100 * part / whole", template.Property("BusBrokerMemoryAlarm", "Metrics"), StringComparison.Ordinal);
        Assert.Contains("MessageReadyCount", template.Property("Dashboard", "DashboardBody"), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MessageBroker().InstanceType = "m7g.large");
        Assert.Throws<ArgumentException>(() => new MessageBroker().EngineVersion = "4");
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageBroker().MaintainOn(DayOfWeek.Sunday, 24));
    }

    [Fact]
    public async Task A_stack_of_a_service_is_given_its_addresses_as_text()
    {
        var published = await Published.ModelAsync(builder =>
        {
            AddShop(builder);
            builder.AddFargateEnvironment("shop").WithNestedStacks();
        });

        var root = published.Templates.All.Single(template => template.StackName == "shop");
        var site = published.Templates.All.Single(template => template.StackName == "shop-site");
        const string name = "BusBrokerAmqpEndpoints";
        Assert.Equal("Join [,, GetAtt BusBroker.AmqpEndpoints]", root["SiteStack"].Properties.At("Parameters", name).Show());
        Assert.Equal("{Type: CommaDelimitedList}", site.Parameters[name].Show());
        Assert.Contains("Select [0, Ref BusBrokerAmqpEndpoints]", site.Variable("site", "BUS_HOST"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_other_subnets_that_exist_it_has_another_name()
    {
        Assert.NotEqual(await NameIn("subnet-01234567"), await NameIn("subnet-89abcdef"));

        static async Task<string?> NameIn(string subnet) => (
                await Published.ModelAsync(builder =>
                {
                    builder.AddFargateEnvironment("shop").WithExistingVpc("vpc-01234567", "10.1.0.0/16", [subnet, "subnet-01234568"]);
                    AddShop(builder);
                })
            ).Template().Property("BusBroker", "BrokerName");
    }

    [Fact]
    public async Task What_it_costs_is_in_the_estimate()
    {
        var published = await Published.ModelAsync(builder =>
        {
            AddShop(builder);
            builder
                .AddRabbitMQServer("cluster")
                .PublishAsAmazonMq(broker => (broker.InstanceType, broker.MultiAz) = ("mq.m7g.large", true));
            builder.AddRabbitMQServer("huge").PublishAsAmazonMq(broker => broker.InstanceType = "mq.m8g.large");
        });

        var estimate = CostEstimate.Of(published.Application, interfaceEndpoints: 0, [.. published.Templates.All]);
        Assert.Equal(
            [("bus: mq.m7g.medium with RabbitMQ", 99.79m), ("cluster: mq.m7g.large with RabbitMQ, three of them", 598.75m)],
            estimate.Lines.Where(line => line.What.Contains("RabbitMQ", StringComparison.Ordinal)).Select(line => (line.What, line.Minimum))
        );
        Assert.Contains(
            new UncountedCost("huge: mq.m8g.large with RabbitMQ", "by the hour: https://aws.amazon.com/amazon-mq/pricing/"),
            estimate.NotCounted
        );
    }

    [Fact]
    public async Task What_a_change_does_to_it_is_said_before()
    {
        async Task<string> PlanAsync(Action<MessageBroker> configure)
        {
            var before = await Published.ModelAsync(builder => AddShop(builder));
            var after = await Published.ModelAsync(builder => AddShop(builder).PublishAsAmazonMq(configure));
            var changes = TemplateComparison.Changes("shop", TemplateJson.ToMap(before.Template()), TemplateJson.ToMap(after.Template()));
            return string.Join('\n', PlanText.Lines(new Plan { Changes = changes }));
        }

        Assert.Contains(
            "BusBroker is restarted",
            await PlanAsync(broker => broker.InstanceType = "mq.m7g.large"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CAREFUL: BusBroker (AWS::AmazonMQ::Broker) is replaced, and the messages in it are lost.",
            await PlanAsync(broker => broker.MultiAz = true),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("BusBroker is", await PlanAsync(broker => broker.MaintainOn(DayOfWeek.Sunday, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_major_version_is_refused_until_it_is_agreed_to()
    {
        async Task<TemplateMap> OfAsync(string version, bool isAllowed = false) =>
            TemplateJson.ToMap(
                (
                    await Published.ModelAsync(builder =>
                        AddShop(builder)
                            .PublishAsAmazonMq(broker => (broker.EngineVersion, broker.AllowMajorVersionUpgrade) = (version, isAllowed))
                    )
                ).Template()
            );
        async Task<string?> ProblemAsync(string before, string after, bool isAllowed = false) =>
            ImpossibleChange.ProblemOf("shop", [await OfAsync(before)], [await OfAsync(after, isAllowed)]);

        Assert.Equal(
            "The broker 'BusBroker' is RabbitMQ 3, and would become 4, from which there is no way back. Stay: PublishAsAmazonMq(broker => "
                + "broker.EngineVersion = \"3.13\"). Or agree to it, best once what uses it was tried with the newer one: "
                + "broker.AllowMajorVersionUpgrade = true.",
            await ProblemAsync("3.13", "4.2")
        );
        Assert.Null(await ProblemAsync("3.13", "4.2", isAllowed: true));
        Assert.Null(await ProblemAsync("4.2", "4.3"));
    }

    [Fact]
    public async Task A_container_with_messages_becomes_one_with_a_word_alone()
    {
        var before = await Published.ModelAsync(builder => AddShop(builder).PublishAsContainer());
        var after = await Published.ModelAsync(builder => AddShop(builder));
        var changes = TemplateComparison.Changes("shop", TemplateJson.ToMap(before.Template()), TemplateJson.ToMap(after.Template()));

        Assert.Contains(
            "The broker 'bus' was a container until now, and would be one of Amazon MQ, which begins without its messages.",
            Assert.Throws<DistributedApplicationException>(() => DataLoss.Refuse(changes, after.Application, null, "")).Message,
            StringComparison.Ordinal
        );
        DataLoss.Refuse(changes, after.Application, "bus", "");
    }

    [Fact]
    public async Task Another_image_a_file_of_settings_and_another_endpoint_keep_it_a_container()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddRabbitMQServer("plugins").WithImage("masstransit/rabbitmq", "4");
            builder.AddRabbitMQServer("mqtt").WithEndpoint(targetPort: 1883, name: "mqtt");
            builder.AddRabbitMQServer("host").WithEnvironment("RABBITMQ_DEFAULT_VHOST", "shop");
            builder.AddRabbitMQServer("chosen").PublishAsContainer();
        });

        Assert.DoesNotContain(published.Template().Resources, resource => resource.Type == "AWS::AmazonMQ::Broker");
        Assert.Contains(
            "is a container on AWS too, and not a broker of Amazon MQ: its image",
            published.Notices("plugins"),
            StringComparison.Ordinal
        );
        Assert.Contains("it has the endpoint 'mqtt' beside its own", published.Notices("mqtt"), StringComparison.Ordinal);
        Assert.Contains("a virtual host of its own", published.Notices("host"), StringComparison.Ordinal);
        Assert.DoesNotContain("PublishAsAmazonMq()", published.Notices("chosen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_exists_takes_its_place()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithExistingVpc("vpc-01234567", "10.1.0.0/16", ["subnet-01234567", "subnet-01234568"]);
                AddShop(builder)
                    .UseExisting("b-1.mq.eu-west-1.on.aws", "sg-01234567", server =>
                        (server.UserName, server.PasswordSecretArn) = (
                            "app",
                            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bus-AbCdEf"
                        )
                    );
            })
        ).Template();

        Assert.DoesNotContain(template.Resources, resource => resource.Type == "AWS::AmazonMQ::Broker");
        Assert.Equal(
            ("b-1.mq.eu-west-1.on.aws", "app", "sg-01234567"),
            (
                template.Variable("site", "BUS_HOST"),
                template.Variable("site", "BUS_USERNAME"),
                template.Property("BusBrokerFromSite", "GroupId")
            )
        );
    }

    [Fact]
    public async Task Its_messages_are_not_lost_without_a_word()
    {
        var before = await Published.ModelAsync(builder => AddShop(builder));
        var after = await Published.ModelAsync(builder => builder.AddWorker("stranger"));
        var changes = TemplateComparison.Changes("shop", TemplateJson.ToMap(before.Template()), TemplateJson.ToMap(after.Template()));

        Assert.Contains(
            "The broker 'BusBroker' would be deleted, and the messages in it lost. Keep it as it was. Agree to that with --allow-data-loss BusBroker.",
            Assert.Throws<DistributedApplicationException>(() => DataLoss.Refuse(changes, after.Application, null, "")).Message,
            StringComparison.Ordinal
        );
        DataLoss.Refuse(changes, after.Application, "bus", "");
        Assert.Contains(
            "BusBroker takes 10 to 20 minutes to be made.",
            string.Join(
                '\n',
                PlanText.Lines(new Plan { Changes = TemplateComparison.Changes("shop", null, TemplateJson.ToMap(before.Template())) })
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("long-enough-1", true)]
    [InlineData("short", false)]
    [InlineData("with:a:colon:in", false)]
    [InlineData("aaaaaaaaaaaaaa", false)]
    public async Task A_password_that_it_would_refuse_is_told_before(string password, bool isTaken)
    {
        var published = await Published.ModelAsync(builder => AddShop(builder));

        Assert.Equal(isTaken, !BrokerCredentials.Problems(published.Application, _ => password).Any());
    }
}
