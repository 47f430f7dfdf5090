using System.Text.Json.Nodes;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>Policies of templates as AWS has them in the end: functions and references replaced, in one account and region.</summary>
internal sealed class PlainPolicy(Publication publication)
{
    public const string Account = "123456789012";
    public const string Region = "us-east-1";

    /// <summary>The policies of a resource, by name.</summary>
    public IEnumerable<(string Name, JsonNode Policy, bool IsOfResource)> In(Template template)
    {
        foreach (var resource in template.Resources)
        {
            foreach (var policy in resource.Properties.At("Policies").Maps())
            {
                yield return ($"{resource.Id} of {template.StackName}", Plain(template, policy.At("PolicyDocument")!), false);
            }

            if (resource.Type is "AWS::S3::BucketPolicy" or "AWS::SQS::QueuePolicy")
            {
                yield return ($"{resource.Id} of {template.StackName}", Plain(template, resource.Properties.At("PolicyDocument")!), true);
            }
        }
    }

    private JsonNode Plain(Template template, TemplateNode node) =>
        node switch
        {
            TemplateFunction => Text(template, node),
            TemplateList list => new JsonArray([.. list.Select(item => Plain(template, item))]),
            TemplateMap map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Plain(template, pair.Value)))),
            _ => node.ToString()!,
        };

    private string Text(Template template, TemplateNode node) =>
        node.AsFunction() switch
        {
            { Name: "Fn::GetAtt" or "Ref", Argument: var name } => Reference(template, name.AsText()!),
            { Name: "Fn::Sub", Argument: TemplateList { Count: 2 } parts } => Substitute(
                template,
                parts[0].AsText()!,
                (TemplateMap)parts[1]
            ),
            { Name: "Fn::Sub", Argument: var text } => Substitute(template, text.AsText()!, []),
            _ => node.AsText()!,
        };

    private string Substitute(Template template, string text, TemplateMap values) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"\$\{([^}]+)\}", match =>
            values[match.Groups[1].Value] is { } value ? Text(template, value) : Reference(template, match.Groups[1].Value)
        );

    private string Reference(Template template, string name)
    {
        switch (name)
        {
            case "AWS::AccountId":
                return Account;
            case "AWS::Region":
                return Region;
            case "AWS::Partition":
                return "aws";
            case "AWS::URLSuffix":
                return "amazonaws.com";
        }

        var (id, attribute) = name.Split('.', 2) is [var first, var rest] ? (first, rest) : (name, "");
        if (!template.Contains(id) && template == publication.Templates.Application)
        {
            // A parameter that deploy passes on from the foundation.
            return Text(publication.Templates.Foundation, publication.Templates.Foundation.Outputs[id].At("Value")!);
        }

        if (!template.Contains(id))
        {
            // A parameter of a nested stack: what the root gives it.
            var root = publication.Templates.Application;
            var stack = root.Resources.Single(resource =>
                resource.Type == "AWS::CloudFormation::Stack" && $"{root.StackName}-{resource.Owner}" == template.StackName
            );
            return Text(root, stack.Properties.At("Parameters", id)!);
        }

        var resource = template[id];
        if (attribute.StartsWith("Outputs.", StringComparison.Ordinal))
        {
            var child = publication.Templates.Nested.Single(nested => nested.StackName == $"{template.StackName}-{resource.Owner}");
            return Text(child, child.Outputs[attribute["Outputs.".Length..]].At("Value")!);
        }

        return ArnOf(template, resource);
    }

    private static string ArnOf(Template template, TemplateResource resource) =>
        resource.Type switch
        {
            "AWS::IAM::Role" => $"arn:aws:iam::{Account}:role/{template.StackName}-{resource.Id}-ABCDEFGHIJKL",
            "AWS::SQS::Queue" =>
                $"arn:aws:sqs:{Region}:{Account}:{resource.Properties.At("QueueName").AsText() ?? $"{template.StackName}-{resource.Id}-ABCDEFGHIJKL"}",
            "AWS::DynamoDB::Table" => $"arn:aws:dynamodb:{Region}:{Account}:table/{resource.Properties.At("TableName").AsText()}",
            "AWS::S3::Bucket" => $"arn:aws:s3:::{template.StackName}-{resource.Id.ToLowerInvariant()}-abcdefghijkl",
            "AWS::SecretsManager::Secret" =>
                $"arn:aws:secretsmanager:{Region}:{Account}:secret:{resource.Properties.At("Name").AsText()}-AbCdEf",
            "AWS::Logs::LogGroup" => $"arn:aws:logs:{Region}:{Account}:log-group:{resource.Properties.At("LogGroupName").AsText()}:*",
            "AWS::EFS::FileSystem" => $"arn:aws:elasticfilesystem:{Region}:{Account}:file-system/fs-0123456789abcdef0",
            "AWS::EFS::AccessPoint" => $"arn:aws:elasticfilesystem:{Region}:{Account}:access-point/fsap-0123456789abcdef0",
            "AWS::ECS::Cluster" => $"arn:aws:ecs:{Region}:{Account}:cluster/{template.StackName}",
            "AWS::ECS::TaskDefinition" => $"arn:aws:ecs:{Region}:{Account}:task-definition/{resource.Properties.At("Family").AsText()}:1",
            "AWS::ECS::Service" => $"arn:aws:ecs:{Region}:{Account}:service/shop/{resource.Properties.At("ServiceName").AsText()}",
            _ => throw new NotSupportedException($"The ARN of {resource.Type} is not known to the tests: {resource.Id}."),
        };
}
