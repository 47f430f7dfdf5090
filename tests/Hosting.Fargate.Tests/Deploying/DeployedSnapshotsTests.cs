using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Status;
using Hosting.Fargate.Deploying.Status.RunMode;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Tests.Deploying;

public sealed class DeployedSnapshotsTests
{
    [Fact]
    public void What_destroy_has_left_does_not_run()
    {
        var snapshot = DeployedSnapshots.Read(
            DeployedSnapshots.Initial(),
            new ApplicationStatus
            {
                Foundation = new("shop-foundation", null, null),
                Application = new(
                    "shop",
                    new LiveStack
                    {
                        Name = "shop",
                        Id = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1",
                        Status = Amazon.CloudFormation.StackStatus.UPDATE_COMPLETE,
                        Outputs = new Dictionary<string, string>(),
                        Parameters = new Dictionary<string, string>(),
                    },
                    null
                ),
                Services = [new() { Name = "api", IsInModel = true }],
                Managed =
                [
                    new()
                    {
                        ModelId = "Pg",
                        ModelName = "pg",
                        Type = "AWS::RDS::DBInstance",
                        Name = "shop-pg",
                        State = "available",
                    },
                ],
                Alarms = new AlarmsStatus([]),
            },
            new AwsAccount("123456789012", "eu-west-1", "aws", "alice")
        );
        Assert.Equal(("DataOnly", false), (snapshot.State?.Text, snapshot.IsHidden));
        Assert.Contains(snapshot.Properties, property => property.Name == "service.api" && (string?)property.Value == "not deployed");
    }
}
