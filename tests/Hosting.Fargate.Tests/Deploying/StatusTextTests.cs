using System.Text.Json;
using System.Xml.Linq;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying;
using Hosting.Fargate.Deploying.Status;

namespace Hosting.Fargate.Tests.Deploying;

public sealed class StatusTextTests
{
    [Fact]
    public void What_AWS_runs_is_said_with_its_state_and_where_it_is()
    {
        var status = new ApplicationStatus
        {
            Foundation = new("shop-foundation", null, null),
            Application = new("shop", null, null),
            Services = [],
            Alarms = new([]),
            Managed =
            [
                new()
                {
                    ModelId = "Pg",
                    ModelName = "pg",
                    Type = "AWS::RDS::DBInstance",
                    Name = "shop-pgdatabase-abc",
                    State = "storage-full",
                    Detail = "postgres 18.1, db.t4g.micro, 20 GiB",
                },
                new()
                {
                    ModelId = "Basket",
                    Type = "AWS::ElastiCache::ServerlessCache",
                    Name = "shop-basket",
                    State = "CREATE_COMPLETE",
                },
            ],
        };

        Assert.Equal(
            [
                "shop-foundation: not deployed",
                "shop: not deployed",
                "pg: a database of RDS, storage-full; postgres 18.1, db.t4g.micro, 20 GiB",
                "  shop-pgdatabase-abc: https://console.aws.amazon.com/rds/home?region=eu-west-1#database:id=shop-pgdatabase-abc;is-cluster=false",
                "Basket: a cache of ElastiCache, CREATE_COMPLETE; no longer in the model",
                "  shop-basket: https://console.aws.amazon.com/elasticache/home?region=eu-west-1#/",
            ],
            StatusText.Lines(status, new ConsoleLinks("aws", "eu-west-1"))
        );
    }

    [Theory]
    [InlineData(
        "AWS::RDS::DBInstance",
        "<DBInstance><DBInstanceStatus>available</DBInstanceStatus><Engine>postgres</Engine><EngineVersion>18.1</EngineVersion>"
            + "<DBInstanceClass>db.t4g.micro</DBInstanceClass><AllocatedStorage>20</AllocatedStorage></DBInstance>",
        "available",
        "postgres 18.1, db.t4g.micro, 20 GiB"
    )]
    [InlineData(
        "AWS::RDS::DBCluster",
        "<DBCluster><VpcSecurityGroups><VpcSecurityGroupMembership><Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups>"
            + "<Status>available</Status><Engine>aurora-postgresql</Engine><EngineVersion>17.4</EngineVersion><ServerlessV2ScalingConfiguration>"
            + "<MinCapacity>0.0</MinCapacity><MaxCapacity>4.0</MaxCapacity></ServerlessV2ScalingConfiguration></DBCluster>",
        "available",
        "aurora-postgresql 17.4, 0.0 to 4.0 ACU"
    )]
    [InlineData(
        "AWS::ElastiCache::ServerlessCache",
        "<member><Status>modifying</Status><Engine>valkey</Engine><MajorEngineVersion>8</MajorEngineVersion></member>",
        "modifying",
        "valkey 8"
    )]
    [InlineData(
        "AWS::ElastiCache::ReplicationGroup",
        "<ReplicationGroup><MemberClusters><ClusterId>shop-basket-nodes-001</ClusterId><ClusterId>shop-basket-nodes-002</ClusterId></MemberClusters>"
            + "<NodeGroups><NodeGroup><Status>modifying</Status></NodeGroup></NodeGroups><Status>available</Status><Engine>valkey</Engine>"
            + "<CacheNodeType>cache.t4g.small</CacheNodeType></ReplicationGroup>",
        "available",
        "valkey, cache.t4g.small, 2 of them"
    )]
    public void A_service_says_state_version_and_size(string type, string answer, string state, string detail) =>
        Assert.Equal((state, detail), ManagedReader.Said(type, XDocument.Parse($"<R xmlns='http://aws.example/doc/'>{answer}</R>")));

    [Theory]
    [InlineData(
        """{"brokerState":"RUNNING","engineType":"RABBITMQ","engineVersion":"4.2","hostInstanceType":"mq.m7g.medium","deploymentMode":"SINGLE_INSTANCE","actionsRequired":[]}""",
        "RUNNING",
        "RABBITMQ 4.2, mq.m7g.medium"
    )]
    [InlineData(
        """{"brokerState":"CRITICAL_ACTION_REQUIRED","engineType":"RABBITMQ","engineVersion":"3.13","pendingEngineVersion":"4.2","hostInstanceType":"mq.m7g.large","deploymentMode":"CLUSTER_MULTI_AZ","actionsRequired":[{"actionRequiredCode":"RABBITMQ_MEMORY_ALARM","actionRequiredInfo":"More."}]}""",
        "CRITICAL_ACTION_REQUIRED",
        "RABBITMQ 3.13, 4.2 in its next maintenance, mq.m7g.large, three of them, wants RABBITMQ_MEMORY_ALARM"
    )]
    public void Amazon_MQ_says_what_a_broker_waits_for_and_wants_too(string answer, string state, string detail) =>
        Assert.Equal((state, detail), ManagedReader.Said(JsonElement.Parse(answer)));

    [Fact]
    public void The_addresses_that_services_have_beside_the_applications_are_said()
    {
        var status = new ApplicationStatus
        {
            Foundation = new("shop-foundation", null, null),
            Application = new(
                "shop",
                new()
                {
                    Name = "shop",
                    Id = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1",
                    Status = Amazon.CloudFormation.StackStatus.CREATE_COMPLETE,
                    Outputs = new Dictionary<string, string>
                    {
                        ["SiteUrl"] = "http://lb.example.com:17799",
                        ["ClusterName"] = "shop",
                        ["Url"] = "http://lb.example.com",
                        ["AdminUrl"] = "http://lb.example.com:11111",
                    },
                    Parameters = new Dictionary<string, string>(),
                },
                null
            ),
            Services = [],
            Alarms = new([]),
        };

        var lines = StatusText.Lines(status, new ConsoleLinks("aws", "eu-west-1")).ToList();
        Assert.Equal(
            ["  http://lb.example.com", "  http://lb.example.com:11111 (AdminUrl)", "  http://lb.example.com:17799 (SiteUrl)"],
            lines.Where(line => line.Contains("lb.example.com", StringComparison.Ordinal))
        );
    }
}
