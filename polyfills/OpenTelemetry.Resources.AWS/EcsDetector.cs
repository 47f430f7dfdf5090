using System.Text.Json;

namespace OpenTelemetry.Resources.AWS;

/// <summary>
/// What a task of Amazon ECS knows of itself: the variables of the task metadata endpoint tell that there is one, the control group
/// names the container, and version 4 of the endpoint says the rest. What cannot be read is left out.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
/// </summary>
internal sealed class EcsDetector(string schemaUrl) : IResourceDetector
{
    private const string MetadataUri = "ECS_CONTAINER_METADATA_URI";
    private const string MetadataUriV4 = "ECS_CONTAINER_METADATA_URI_V4";
    private const string ControlGroup = "/proc/self/cgroup";
    private const int ContainerIdLength = 64;

    public Resource Detect()
    {
        var endpoint = Environment.GetEnvironmentVariable(MetadataUriV4);
        if (endpoint is null && Environment.GetEnvironmentVariable(MetadataUri) is null)
        {
            return Resource.Empty;
        }

        var attributes = new Dictionary<string, object> { ["cloud.provider"] = "aws", ["cloud.platform"] = "aws_ecs" };
        Attempt(() => AddContainerId(attributes));
        if (endpoint is not null)
        {
            Attempt(() => AddMetadata(attributes, endpoint));
        }

        return new Resource(attributes, schemaUrl);
    }

    // The official package reports what went wrong to its event source, and goes on.
    private static void Attempt(Action add)
    {
        try
        {
            add();
        }
        catch (Exception)
        {
            // What was added before stays.
        }
    }

    private static void AddContainerId(Dictionary<string, object> attributes)
    {
        if (File.ReadLines(ControlGroup).Select(line => line.Trim()).FirstOrDefault(line => line.Length > ContainerIdLength) is { } line)
        {
            attributes["container.id"] = line[^ContainerIdLength..];
        }
    }

    private static void AddMetadata(Dictionary<string, object> attributes, string endpoint)
    {
        using var suppressed = SuppressInstrumentationScope.Begin();
        using var client = new HttpClient();
        using var container = Get(client, endpoint);
        using var task = Get(client, $"{endpoint.TrimEnd('/')}/task");

        // There is no control group on Windows.
        if (OperatingSystem.IsWindows() && EcsMetadata.Text(container, "DockerId") is { Length: > 0 } id)
        {
            attributes["container.id"] = id;
        }

        EcsMetadata.AddTo(attributes, container.RootElement, task.RootElement);
    }

    private static JsonDocument Get(HttpClient client, string uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        using var response = client.Send(request);
        using var content = response.EnsureSuccessStatusCode().Content.ReadAsStream();
        return JsonDocument.Parse(content);
    }
}
