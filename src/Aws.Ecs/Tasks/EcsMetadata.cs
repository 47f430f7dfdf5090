using System.Text.Json;

namespace Aws.Ecs.Tasks;

/// <summary>
/// What the task metadata endpoint says of this container and its task, as far as it is used here.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html
/// </summary>
/// <param name="ContainerId">Docker's id of the container or, on Fargate, the task's id and a number.</param>
/// <param name="TaskArn">The task.</param>
/// <param name="LogGroup">Where the container's lines go by the awslogs driver; null with another driver.</param>
/// <param name="LogStream">The stream within <paramref name="LogGroup"/>, one a container and task.</param>
internal sealed record EcsMetadata(string? ContainerId, string? TaskArn, string? LogGroup, string? LogStream)
{
    /// <summary>The last part of the ARN: <c>arn:aws:ecs:us-west-2:111122223333:task/default/8f03e412…</c>.</summary>
    public string? TaskId => TaskArn?[(TaskArn.LastIndexOf('/') + 1)..];

    /// <summary>Reads both documents.</summary>
    /// <exception cref="JsonException">One of them is not what the endpoint is documented to say.</exception>
    public static EcsMetadata Parse(string container, string task)
    {
        var containerDocument = Read<ContainerDocument>(container);
        return new EcsMetadata(
            containerDocument.DockerId,
            Read<TaskDocument>(task).TaskARN,
            containerDocument.LogOptions?.GetValueOrDefault("awslogs-group"),
            containerDocument.LogOptions?.GetValueOrDefault("awslogs-stream")
        );
    }

    private static T Read<T>(string json)
        where T : class => JsonSerializer.Deserialize<T>(json) ?? throw new JsonException("The document is null.");

    private sealed record ContainerDocument(string? DockerId, Dictionary<string, string>? LogOptions);

    private sealed record TaskDocument(string? TaskARN);
}
