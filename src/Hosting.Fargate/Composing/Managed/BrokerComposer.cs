using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A broker of Amazon MQ with its security group. It keeps the password with which it was made: Amazon MQ changes that of a RabbitMQ never.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-amazonmq-broker.html
/// </summary>
internal static class BrokerComposer
{
    /// <summary>The attribute with its addresses, a list.</summary>
    public const string Addresses = "AmqpEndpoints";

    public static string SecurityGroupId(Broker broker) => $"{broker.ResourceId}SecurityGroup";

    public static TemplateSection Compose(FargateApplication application, Broker broker)
    {
        List<TemplateResource> resources =
        [
            SecurityGroup(application, broker),
            ComposeBroker(application, broker),
            .. BrokerAlarms.Compose(application, broker),
        ];
        resources.ForEach(resource => resource.Owner = broker.Name);
        return new TemplateSection($"{broker.Name}: a broker", resources);
    }

    /// <summary>The way from a service or task to a broker.</summary>
    public static IEnumerable<TemplateResource> Ways(FargateApplication application, Workload workload) =>
        application
            .BrokerConnections.Where(connection => connection.Workload == workload.Name)
            .Select(connection => new TemplateResource(
                $"{connection.Broker.ResourceId}{(connection.Port == connection.Broker.Port ? "" : $"{connection.Port}")}From{workload.Id}",
                "AWS::EC2::SecurityGroupIngress"
            )
            {
                Comment = connection.Reason,
                Properties = NetworkRules.Ingress(
                    connection.Broker.Existing is { } existing
                        ? existing.SecurityGroupId
                        : Fn.GetAtt(SecurityGroupId(connection.Broker), "GroupId"),
                    ServiceComposer.SecurityGroupId(workload),
                    connection.Port,
                    $"{connection.Broker.Name} from {workload.Name}"
                ),
            });

    /// <summary>The host in the first of its addresses, <c>amqps://b-….mq.eu-west-1.on.aws:5671</c>.</summary>
    public static TemplateNode AddressOf(string broker) =>
        Fn.Select(0, Fn.Split(":", Fn.Select(1, Fn.Split("://", Fn.Select(0, Fn.GetAtt(broker, Addresses))))));

    private static TemplateResource SecurityGroup(FargateApplication application, Broker broker) =>
        new(SecurityGroupId(broker), "AWS::EC2::SecurityGroup")
        {
            Comment = $"{broker.Name}.PublishAsAmazonMq: those that refer to it have a rule each",
            Properties = new()
            {
                ["GroupDescription"] = $"{broker.Name} - from those that refer to it",
                ["VpcId"] = application.Network.VpcId(),
            },
        };

    private static TemplateResource ComposeBroker(FargateApplication application, Broker broker)
    {
        // Those of databases, which it need not leave where the tasks go elsewhere; of a cluster two, however many zones the tasks are in.
        var subnets = application.Network.DataSubnets().Take(broker.Options.MultiAz ? 2 : 1);
        return new(broker.ResourceId, Broker.Type)
        {
            Comment = $"{broker.Name}.PublishAsAmazonMq: over TLS alone, encrypted at rest, reached by those that refer to it",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Delete",
            Metadata = broker.Options.AllowMajorVersionUpgrade ? new() { [AuroraComposer.AllowsMajorUpgrade] = true } : [],
            Properties = new()
            {
                ["BrokerName"] = broker.BrokerName,
                ["EngineType"] = "RABBITMQ",
                ["EngineVersion"] = broker.Version,
                ["AutoMinorVersionUpgrade"] = true,
                ["HostInstanceType"] = broker.Options.InstanceType,
                ["DeploymentMode"] = broker.Options.MultiAz ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
                ["PubliclyAccessible"] = false,
                ["MaintenanceWindowStartTime"] = broker.Options.Maintenance is var (day, hour, zone)
                    ? new TemplateMap
                    {
                        ["DayOfWeek"] = day.ToString().ToUpperInvariant(),
                        ["TimeOfDay"] = $"{hour:00}:00",
                        ["TimeZone"] = zone,
                    }
                    : null,
                ["Logs"] = new TemplateMap { ["General"] = true },
                ["Users"] = new TemplateList([
                    new TemplateMap
                    {
                        ["Username"] = ValueComposer.Compose(broker.UserName),
                        ["Password"] = ValueComposer.Compose(new SecretValue(broker.Password)),
                    },
                ]),
                ["SecurityGroups"] = new TemplateList([Fn.GetAtt(SecurityGroupId(broker), "GroupId")]),
                ["SubnetIds"] = new TemplateList(subnets),
            },
        };
    }
}
