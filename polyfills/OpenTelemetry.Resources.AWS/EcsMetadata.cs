using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenTelemetry.Resources.AWS;

/// <summary>
/// The documents of the task metadata endpoint as attributes, with what the official package makes of them: <c>cloud.resource_id</c> is
/// the container's ARN, the names and the ARNs of log streams stand under each other's key, and log ARNs are of the partition <c>aws</c>.
/// </summary>
internal static partial class EcsMetadata
{
    public static void AddTo(Dictionary<string, object> attributes, JsonElement container, JsonElement task)
    {
        if (Text(container, "ContainerARN") is not { } containerArn || Text(task, "Cluster") is not { } cluster)
        {
            return;
        }

        if (!cluster.StartsWith("arn:", StringComparison.Ordinal))
        {
            // The agent on EC2 gives the short name.
            if (containerArn.LastIndexOf(':') is not (>= 0 and var end))
            {
                return;
            }

            cluster = $"{containerArn[..end]}:cluster/{cluster}";
        }

        Set(attributes, "cloud.resource_id", containerArn);
        Set(attributes, "aws.ecs.container.arn", containerArn);
        Set(attributes, "aws.ecs.cluster.arn", cluster);
        Set(attributes, "cloud.availability_zone", Text(task, "AvailabilityZone"));
        AddLaunchType(attributes, task);
        if (Text(task, "TaskARN") is { } taskArn)
        {
            Set(attributes, "aws.ecs.task.arn", taskArn);
            if (taskArn.Split(':') is [_, _, _, var region, var account, _, ..])
            {
                Set(attributes, "cloud.account.id", account);
                Set(attributes, "cloud.region", region);
            }
        }

        Set(attributes, "aws.ecs.task.family", Text(task, "Family"));
        Set(attributes, "aws.ecs.task.revision", Text(task, "Revision"));
        AddLogs(attributes, container, containerArn);
    }

    public static string? Text(JsonDocument document, string name) => Text(document.RootElement, name);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void AddLaunchType(Dictionary<string, object> attributes, JsonElement task)
    {
        // Without one (agents before 1.45.0) the official package ends here.
        var launchType = task.GetProperty("LaunchType").GetString()?.ToLowerInvariant();
        if (launchType is "ec2" or "fargate")
        {
            attributes["aws.ecs.launchtype"] = launchType;
        }
    }

    private static void AddLogs(Dictionary<string, object> attributes, JsonElement container, string containerArn)
    {
        if (Text(container, "LogDriver") != "awslogs" || !container.TryGetProperty("LogOptions", out var options))
        {
            return;
        }

        if (ContainerArn().Match(containerArn) is not { Success: true, Groups: [_, var region, var account] })
        {
            throw new FormatException($"{containerArn} has no region and account.");
        }

        if (Text(options, "awslogs-group") is not { } group)
        {
            return;
        }

        var groupArn = $"arn:aws:logs:{region}:{account}:log-group:{group}";
        attributes["aws.log.group.names"] = new[] { group };
        attributes["aws.log.group.arns"] = new[] { $"{groupArn}:*" };
        if (Text(options, "awslogs-stream") is { } stream)
        {
            attributes["aws.log.stream.arns"] = new[] { stream };
            attributes["aws.log.stream.names"] = new[] { $"{groupArn}:log-stream:{stream}" };
        }
    }

    private static void Set(Dictionary<string, object> attributes, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            attributes[name] = value;
        }
    }

    [GeneratedRegex("arn:aws:ecs:([^:]+):([^:]+):.*")]
    private static partial Regex ContainerArn();
}
