using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Policies;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>The policies of who deploys and of who looks, and those that templates have, against what AWS says of permissions.</summary>
public sealed class IamPolicyTests
{
    [Fact]
    public async Task What_an_action_is_limited_to_is_what_AWS_says()
    {
        var types = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .SelectMany(publication => publication.Templates.All)
            .SelectMany(template => template.Resources)
            .Select(resource => resource.Type)
            .Distinct();
        var actions = types
            .SelectMany(type => PermissionTables.HandlersOf(type) ?? [])
            .Where(action => UnusedPermissions.ReasonOf(action) is null)
            .Concat(DeployCalls.Reading)
            .Concat(DeployCalls.Changing)
            .Concat(DeployCalls.PuttingTemplates)
            .Concat(DeployCalls.LookingUpSites)
            .Concat(DeployCalls.SwitchingSites)
            .Distinct()
            .ToList();

        var said = (
            await IamTool.AskAsync(new JsonObject { ["tables"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]) })
        ).GetProperty("tables");

        Assert.All(actions, action =>
            Assert.Equal(
                said.GetProperty(action)
                    .GetString()
                    ?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(type => type.TrimEnd('*'))
                    .ToArray()
                    ?? throw new KeyNotFoundException(action),
                PermissionTables.ResourcesOf(action)
            )
        );
    }

    [Fact]
    public async Task Every_policy_of_the_matrix_is_valid_in_actions_resources_and_condition_keys()
    {
        var policies = new JsonArray();
        HashSet<string> seen = [];
        foreach (var row in await TemplateMatrix.Models)
        {
            foreach (var publication in row.Publications)
            {
                var plain = new PlainPolicy(publication);
                foreach (
                    var (name, policy, isOfResource) in publication
                        .Templates.All.SelectMany(plain.In)
                        .Concat(PolicyFiles.Of(publication).Select(file => (file.Name, Policy: file.Policy, IsOfResource: false)))
                )
                {
                    if (seen.Add(policy.ToJsonString()))
                    {
                        policies.Add(
                            new JsonObject
                            {
                                ["name"] = $"{name}, {row.Name}",
                                ["policy"] = policy,
                                ["isOfResource"] = isOfResource,
                            }
                        );
                    }
                }
            }
        }

        Assert.InRange(policies.Count, 100, 5000);
        var faults = (await IamTool.AskAsync(new JsonObject { ["policies"] = policies }))
            .GetProperty("faults")
            .EnumerateArray()
            .Select(fault => fault.GetString())
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
    }

    [Fact]
    public async Task A_fault_in_a_policy_would_be_found()
    {
        var policy = JsonNode.Parse(
            """{"Statement":[{"Sid":"A","Effect":"Allow","Action":["ecs:CreateClusters","sqs:SendMessage"],"Resource":"arn:aws:sns:us-east-1:123456789012:jobs","Condition":{"StringEquals":{"sqs:Nothing":"x"}}}]}"""
        );
        var faults = (
            await IamTool.AskAsync(
                new JsonObject { ["policies"] = new JsonArray(new JsonObject { ["name"] = "made up", ["policy"] = policy }) }
            )
        ).GetProperty("faults");
        Assert.Equal(
            [
                "made up, A: there is no action ecs:CreateClusters",
                "made up, A: sqs:SendMessage is on no resource of queue",
                "made up, A: sqs:SendMessage has no condition key sqs:Nothing",
                "made up, A: no action is on arn:aws:sns:us-east-1:123456789012:jobs",
            ],
            faults.EnumerateArray().Select(fault => fault.GetString()!)
        );
    }

    [Fact]
    public async Task A_policy_is_within_the_size_of_a_managed_one() =>
        Assert.All((await TemplateMatrix.Models).SelectMany(row => row.Publications).SelectMany(PolicyFiles.Of), file =>
            Assert.InRange(file.Policy.ToJsonString().Length, 100, PolicyPacking.MaxCharacters)
        );

    [Fact]
    public async Task A_type_whose_handlers_are_not_known_is_said()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .ConfigureTemplate(template => template.Add(new TemplateSection("more", [new("Stream", "AWS::Kinesis::Stream")])));
            builder.AddWorker("worker");
        });
        Assert.Contains("lacks what CloudFormation calls for AWS::Kinesis::Stream", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_services_take_a_few_policies_more()
    {
        var published = await Published.ModelAsync(builder =>
        {
            foreach (var number in Enumerable.Range(1, 30))
            {
                builder
                    .AddWeb($"service-{number}")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute($"/{number}/*"));
            }
        });
        Assert.InRange(PolicyFiles.Of(published).Count(file => file.Name.StartsWith("deployer", StringComparison.Ordinal)), 2, 5);
        Assert.All(PolicyFiles.Of(published), file => Assert.InRange(file.Policy.ToJsonString().Length, 100, PolicyPacking.MaxCharacters));
    }

    /// <summary>Each permission of each handler, on a resource of this application, unless it is said why it is left out.</summary>
    [Fact]
    public async Task Permissions_that_are_left_out_are_those_of_the_handlers_and_each_has_its_reason()
    {
        var types = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .SelectMany(publication => publication.Templates.All)
            .SelectMany(template => template.Resources)
            .Select(resource => resource.Type)
            .Distinct();
        var left = types
            .SelectMany(type => PermissionTables.HandlersOf(type) ?? [])
            .Distinct()
            .Where(action => UnusedPermissions.ReasonOf(action) is not null)
            .ToList();
        Assert.InRange(left.Count, 50, 250);
        Assert.All(["secretsmanager:CreateSecret", "ec2:CreateVpc", "iam:CreateRole", "ecs:CreateService", "s3:CreateBucket"], action =>
            Assert.Null(UnusedPermissions.ReasonOf(action))
        );
    }
}
