using System.Text.Json;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>What a plan calls a replacement, where it compares templates, beside what two editions of AWS's resource schemas say.</summary>
public sealed class ReplacementTests
{
    /// <summary>
    /// What the later edition (the table's) has and cfn-lint's, of May 2026, has not; and the one type whose pointers AWS corrected.
    /// </summary>
    private static readonly HashSet<string> s_later =
    [
        "AWS::CertificateManager::Certificate CertificateExport",
        "AWS::CloudFormation::Stack StackName",
        "AWS::EC2::VPC VpcEncryptionControl",
        "AWS::ECS::CapacityProvider ManagedInstancesProvider/InstanceLaunchTemplate/FipsEnabled",
        "AWS::ElastiCache::ReplicationGroup ReplicasPerNodeGroup",
        "AWS::ElastiCache::ServerlessCache NetworkType",
        "AWS::EFS::AccessPoint CreationInfo",
        "AWS::EFS::AccessPoint CreationInfo/OwnerGid",
        "AWS::EFS::AccessPoint CreationInfo/OwnerUid",
        "AWS::EFS::AccessPoint CreationInfo/Permissions",
        "AWS::EFS::AccessPoint RootDirectory/CreationInfo/OwnerGid",
        "AWS::EFS::AccessPoint RootDirectory/CreationInfo/OwnerUid",
        "AWS::EFS::AccessPoint RootDirectory/CreationInfo/Permissions",
    ];

    [Fact]
    public async Task Each_type_of_the_matrix_is_replaced_by_the_properties_that_AWS_says()
    {
        using var schemas = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(Repository.Root, "tests/FargateEmulator/fargate_emulator/cloudformation/schemas.json"),
                TestContext.Current.CancellationToken
            )
        );
        var types = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .SelectMany(publication => publication.Templates.All)
            .SelectMany(template => template.Resources)
            .Select(resource => resource.Type)
            .ToHashSet(StringComparer.Ordinal);
        List<string> differences = [];
        var compared = 0;
        foreach (var type in types)
        {
            if (schemas.RootElement.TryGetProperty(type, out var schema))
            {
                compared++;
                var said = schema.TryGetProperty("createOnlyProperties", out var paths)
                    ? paths.EnumerateArray().Select(path => path.GetString()!)
                    : [];
                var (one, other) = (said.ToHashSet(StringComparer.Ordinal), Replacements.Always(type).ToHashSet(StringComparer.Ordinal));
                differences.AddRange(
                    one.Except(other)
                        .Concat(other.Except(one))
                        .Select(path => $"{type} {path}")
                        .Where(difference => !s_later.Contains(difference))
                );
            }
        }

        Assert.InRange(compared, 35, types.Count);
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("AWS::SQS::Queue", "QueueName", "orders", "orders-2", nameof(ChangeKind.Replace))]
    [InlineData("AWS::SQS::Queue", "VisibilityTimeout", "30", "60", nameof(ChangeKind.Update))]
    [InlineData("AWS::SQS::Queue", "QueueName", null, "orders", nameof(ChangeKind.Replace))]
    [InlineData("AWS::SQS::Queue", "QueueName", "orders", "${AWS::Region}-orders", nameof(ChangeKind.MayReplace))]
    [InlineData("AWS::ECS::Service", "LaunchType", "FARGATE", "EC2", nameof(ChangeKind.MayReplace))]
    [InlineData("AWS::Made::Up", "Name", "one", "two", nameof(ChangeKind.Update))]
    public void A_changed_property_replaces_or_not(string type, string property, string? before, string? after, string kind)
    {
        TemplateMap Template(string? value) =>
            new()
            {
                ["Resources"] = new TemplateMap
                {
                    ["It"] = new TemplateMap
                    {
                        ["Type"] = type,
                        ["Properties"] = new TemplateMap
                        {
                            [property] =
                                value is null ? null
                                : value.Contains("${", StringComparison.Ordinal) ? Fn.Sub(value)
                                : value,
                        },
                    },
                },
            };
        Assert.Equal(kind, Assert.Single(TemplateComparison.Changes("shop", Template(before), Template(after))).Kind.ToString());
    }
}
