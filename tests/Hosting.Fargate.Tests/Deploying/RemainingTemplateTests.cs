using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Removal;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>What stays of a stack that is destroyed without its data.</summary>
public sealed class RemainingTemplateTests
{
    private const string Live = """
        {
          "AWSTemplateFormatVersion": "2010-09-09",
          "Description": "shop",
          "Metadata": { "MonthlyCostMinimum": 1 },
          "Parameters": {
            "Image": { "Type": "String" },
            "Size": { "Type": "String" },
            "PasswordVersion": { "Type": "String" }
          },
          "Conditions": { "IsLarge": { "Fn::Equals": [{ "Ref": "Size" }, "large"] } },
          "Resources": {
            "Vpc": { "Type": "AWS::EC2::VPC" },
            "DataSubnetA": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" } } },
            "PublicSubnetA": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" } } },
            "PgSubnets": { "Type": "AWS::RDS::DBSubnetGroup", "Properties": { "SubnetIds": [{ "Ref": "DataSubnetA" }] } },
            "PgSecurityGroup": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Ref": "Vpc" } } },
            "WorkerSecurityGroup": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Ref": "Vpc" } } },
            "PgFromWorker": {
              "Type": "AWS::EC2::SecurityGroupIngress",
              "Properties": { "GroupId": { "Ref": "PgSecurityGroup" }, "SourceSecurityGroupId": { "Ref": "WorkerSecurityGroup" } }
            },
            "PgAurora": {
              "Type": "AWS::RDS::DBCluster",
              "Properties": {
                "DBSubnetGroupName": { "Ref": "PgSubnets" },
                "VpcSecurityGroupIds": [{ "Ref": "PgSecurityGroup" }],
                "BackupRetentionPeriod": { "Fn::If": ["IsLarge", 30, 7] },
                "MasterUserPassword": { "Fn::Sub": "{{resolve:secretsmanager:pg:SecretString:::${PasswordVersion}}}" }
              }
            },
            "PgAuroraWriter": { "Type": "AWS::RDS::DBInstance", "Properties": { "DBClusterIdentifier": { "Ref": "PgAurora" } } },
            "WorkerService": { "Type": "AWS::ECS::Service", "Properties": { "Image": { "Ref": "Image" } } },
            "NightlySchedule": { "Type": "AWS::Scheduler::Schedule", "Properties": { "Arn": { "Ref": "WorkerService" } } },
            "NightlyAlarm": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "Name": { "Ref": "NightlySchedule" } } }
          },
          "Outputs": { "Url": { "Value": { "Ref": "WorkerService" } } }
        }
        """;

    [Fact]
    public void Databases_stay_with_all_that_they_need_and_nothing_that_needs_them()
    {
        var template = RemainingTemplate.Of(TemplateParser.Parse(Live))!.Template;

        Assert.Equal(
            ["Vpc", "DataSubnetA", "PgSubnets", "PgSecurityGroup", "PgAurora", "PgAuroraWriter"],
            ((TemplateMap)template["Resources"]!).Select(pair => pair.Key)
        );
        Assert.Equal(["Size", "PasswordVersion"], ((TemplateMap)template["Parameters"]!).Select(pair => pair.Key));
        Assert.Equal("IsLarge", Assert.Single((TemplateMap)template["Conditions"]!).Key);
        Assert.Equal((null, null), (template["Outputs"], template["Metadata"]));
        Assert.All(RemainingTemplate.ParametersOf(template), value => Assert.True(value.UsePreviousValue));
    }

    [Fact]
    public void A_stack_without_data_has_nothing_to_stay()
    {
        var live = TemplateParser.Parse(Live);
        foreach (var id in new[] { "PgAurora", "PgAuroraWriter" })
        {
            ((TemplateMap)live["Resources"]!)[id] = null;
        }

        Assert.Null(RemainingTemplate.Of(live));
    }

    [Fact]
    public void Schedules_go_first_with_what_refers_to_them_and_all_else_stays()
    {
        var template = RemainingTemplate.WithoutSchedules(TemplateParser.Parse(Live))!;
        var gone = ((TemplateMap)TemplateParser.Parse(Live)["Resources"]!)
            .Select(pair => pair.Key)
            .Except(((TemplateMap)template["Resources"]!).Select(pair => pair.Key));
        Assert.Equal(["NightlySchedule", "NightlyAlarm"], gone);
    }
}
