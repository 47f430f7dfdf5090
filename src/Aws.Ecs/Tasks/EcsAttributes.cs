namespace Aws.Ecs.Tasks;

/// <summary>The attributes of the official detector, put right.</summary>
internal static class EcsAttributes
{
    // Of the partition `aws` in every region, and those of streams under the key of their names. CloudWatch goes by the names.
    private static readonly string[] Wrong = ["aws.log.group.arns", "aws.log.stream.arns", "aws.log.stream.names"];

    public static IEnumerable<KeyValuePair<string, object>> Of(IEnumerable<KeyValuePair<string, object>> official, EcsMetadata? metadata)
    {
        var attributes = official.Where(attribute => !Wrong.Contains(attribute.Key)).ToDictionary();
        if (metadata is null)
        {
            return attributes;
        }

        // The official ones are of the control group, which on Fargate names no container, and of the container.
        Set("container.id", metadata.ContainerId);
        Set("cloud.resource_id", metadata.TaskArn);
        Set("aws.ecs.task.id", metadata.TaskId);
        // These tie a trace to the lines of the container that made it.
        Set("aws.log.group.names", AsList(metadata.LogGroup));
        Set("aws.log.stream.names", AsList(metadata.LogStream));
        return attributes;

        void Set(string name, object? value)
        {
            if (value is not null)
            {
                attributes[name] = value;
            }
        }
    }

    private static string[]? AsList(string? value) => value is null ? null : [value];
}
