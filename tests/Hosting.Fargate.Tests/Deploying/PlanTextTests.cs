using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Deploying.Plans;
using ChangeSet = Hosting.Fargate.Stacks.ChangeSet;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>A plan as its reader sees it.</summary>
public sealed class PlanTextTests
{
    [Fact]
    public void AnImageThatChangesShowsBothDigestsShortAndWhatOnlyRefersToItApart()
    {
        var old = $"repo@sha256:{new string('a', 64)}";
        var next = $"repo@sha256:{new string('b', 64)}";
        var plan = new Plan
        {
            Changes = PlannedChange.From(
                new ChangeSet(
                    "shop",
                    "id",
                    "stack",
                    [
                        Modify(
                            "ApiTaskDefinition",
                            "AWS::ECS::TaskDefinition",
                            Replacement.True,
                            Detail(
                                "ContainerDefinitions",
                                EvaluationType.Static,
                                ChangeSource.ParameterReference,
                                "ApiImage",
                                "/Properties/ContainerDefinitions/0/Image",
                                old,
                                next
                            )
                        ),
                        Modify(
                            "ApiService",
                            "AWS::ECS::Service",
                            Replacement.False,
                            Detail(
                                "TaskDefinition",
                                EvaluationType.Dynamic,
                                ChangeSource.ResourceReference,
                                "ApiTaskDefinition",
                                "/Properties/TaskDefinition",
                                "shop-api:1",
                                "{{changeSet:KNOWN_AFTER_APPLY}}"
                            )
                        ),
                        Modify(
                            "ApiScalableTarget",
                            "AWS::ApplicationAutoScaling::ScalableTarget",
                            Replacement.Conditional,
                            Detail(
                                "ResourceId",
                                EvaluationType.Dynamic,
                                ChangeSource.ResourceAttribute,
                                "ApiService.Name",
                                "/Properties/ResourceId",
                                "x",
                                "x"
                            )
                        ),
                    ]
                )
            ),
        };

        Assert.Equal(
            [
                "shop: 1 changed, 1 replaced",
                "  ! ApiTaskDefinition  AWS::ECS::TaskDefinition  new revision",
                "      ContainerDefinitions/0/Image: repo@sha256:aaaaaaaaaaaa… → repo@sha256:bbbbbbbbbbbb…",
                "  ~ ApiService         AWS::ECS::Service",
                "      TaskDefinition: shop-api:1 → known once it is made",
                "  · refer to these, and most likely stay as they are: ApiScalableTarget",
            ],
            PlanText.Lines(plan)
        );
    }

    [Fact]
    public void LongTextsThatBeginAlikeAreShownFromWhereTheyDiffer()
    {
        const string address = "https://shop-foundation-templates-123456789012-us-east-1.s3.us-east-1.amazonaws.com/templates/";
        var changed = new PropertyChange("TemplateURL", $"{address}0a1b2c.yaml", $"{address}9f8e7d.yaml");
        Assert.Contains(
            "      TemplateURL: …/templates/0a1b2c.yaml → …/templates/9f8e7d.yaml",
            PlanText.Lines(
                new Plan { Changes = [new PlannedChange("shop", ChangeKind.Update, "ApiStack", "AWS::CloudFormation::Stack", [changed])] }
            )
        );
    }

    [Fact]
    public void AReplacedQueueIsCalledOut() =>
        Assert.Contains(
            PlanText.Lines(
                new Plan { Changes = [new PlannedChange("shop-foundation", ChangeKind.Replace, "JobsQueue", "AWS::SQS::Queue", [])] }
            ),
            line => line.StartsWith("CAREFUL: JobsQueue (AWS::SQS::Queue) is replaced.", StringComparison.Ordinal)
        );

    [Fact]
    public void WhatLeavesTheFoundationIsSaidToStayInTheAccount() =>
        Assert.Contains(
            PlanText.Lines(
                new Plan { Changes = [new PlannedChange("shop-foundation", ChangeKind.Remove, "DatasetsBucket", "AWS::S3::Bucket", [])] }
            ),
            line => line.Contains("its data stays", StringComparison.Ordinal)
        );

    [Fact]
    public void TheValueOfAComposedSecretIsNotShown()
    {
        var change = PlannedChange.From(
            "shop",
            Modify(
                "ApiUrlSecret",
                "AWS::SecretsManager::Secret",
                Replacement.False,
                Detail(
                    "SecretString",
                    EvaluationType.Static,
                    ChangeSource.DirectModification,
                    null,
                    "/Properties/SecretString",
                    "postgres://secret",
                    "postgres://other"
                )
            )
        );
        Assert.DoesNotContain("postgres", string.Join('\n', PlanText.Lines(new Plan { Changes = [change] })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 20, 12, 25, "Cost: about 12.00 to 25.00 USD a month, +2.00 to +5.00 (before: 10.00 to 20.00).")]
    [InlineData(10, 10, 7.5, 7.5, "Cost: about 7.50 USD a month, −2.50 (before: 10.00).")]
    [InlineData(10, 10, 10, 10, "Cost: stays at about 10.00 USD a month, and what is billed by use.")]
    public void TheChangeInCostIsSaid(double least, double most, double thenLeast, double thenMost, string expected) =>
        Assert.Contains(
            expected,
            PlanText.Lines(
                new Plan
                {
                    Changes = [],
                    CostBefore = new((decimal)least, (decimal)most),
                    CostAfter = new((decimal)thenLeast, (decimal)thenMost),
                }
            )
        );

    [Fact]
    public void NothingToChangeIsSaid() => Assert.Equal(["Nothing would change."], PlanText.Lines(new Plan { Changes = [] }));

    [Fact]
    public void NestedStacksOfWhichNothingChangesAreNoneOfAPlan()
    {
        var same = Modify("WorkerStack", "AWS::CloudFormation::Stack", Replacement.False, Unknown());
        var following = Modify(
            "Dashboard",
            "AWS::CloudWatch::Dashboard",
            Replacement.False,
            Detail(
                "DashboardBody",
                EvaluationType.Dynamic,
                ChangeSource.ResourceAttribute,
                "WorkerStack.Outputs.Name",
                "/Properties",
                "a",
                "b"
            )
        );
        var changed = Modify(
            "ApiStack",
            "AWS::CloudFormation::Stack",
            Replacement.False,
            Detail("TemplateURL", EvaluationType.Static, ChangeSource.DirectModification, null, "/Properties/TemplateURL", "a", "b"),
            Unknown()
        );

        Assert.Empty(PlannedChange.From(new ChangeSet("shop", "id", "stack", [same, following])));
        Assert.Equal(
            ["ApiStack", "Dashboard"],
            PlannedChange.From(new ChangeSet("shop", "id", "stack", [changed, same, following])).Select(change => change.Id)
        );

        static ResourceChangeDetail Unknown() =>
            new()
            {
                Evaluation = EvaluationType.Dynamic,
                ChangeSource = ChangeSource.Automatic,
                Target = new ResourceTargetDefinition { Attribute = Amazon.CloudFormation.ResourceAttribute.Properties },
            };
    }

    private static ResourceChange Modify(string id, string type, Replacement replacement, params List<ResourceChangeDetail> details) =>
        new()
        {
            Action = ChangeAction.Modify,
            LogicalResourceId = id,
            ResourceType = type,
            Replacement = replacement,
            Details = details,
        };

    private static ResourceChangeDetail Detail(
        string name,
        EvaluationType evaluation,
        ChangeSource source,
        string? cause,
        string path,
        string before,
        string after
    ) =>
        new()
        {
            Evaluation = evaluation,
            ChangeSource = source,
            CausingEntity = cause,
            Target = new ResourceTargetDefinition
            {
                Attribute = Amazon.CloudFormation.ResourceAttribute.Properties,
                Name = name,
                Path = path,
                BeforeValue = before,
                AfterValue = after,
            },
        };
}
