using Microsoft.AspNetCore.Http;
using ServiceDefaults.Tests.Telemetry;

namespace ServiceDefaults.Tests.Tasks;

/// <summary>
/// A task metadata endpoint, version 4, with the examples of ECS's documentation, shortened:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-examples.html and
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-examples.html
/// </summary>
internal static class MetadataServer
{
    private const string Path = "/v4/cd189a933e5849daa93386466019ab50-2495160603";

    public static async Task<(IAsyncDisposable Server, string Address)> StartAsync(string example)
    {
        var (container, task) = (await ReadAsync(example, "container"), await ReadAsync(example, "task"));
        return await StartAsync(context =>
            context.Response.WriteAsync(
                context.Request.Path.ToString() switch
                {
                    Path => container,
                    $"{Path}/task" => task,
                    var path => throw new InvalidOperationException($"Nobody knows {path}."),
                }
            )
        );
    }

    public static async Task<(IAsyncDisposable Server, string Address)> StartAsync(Func<HttpContext, Task> answer)
    {
        var server = await OtlpReceiver.StartAsync(answer);
        return (server, server.Address + Path);
    }

    public static async Task NeverAsync(HttpContext context) =>
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static Task<string> ReadAsync(string example, string document) =>
        File.ReadAllTextAsync(System.IO.Path.Combine(AppContext.BaseDirectory, "Tasks", "Examples", $"{example}-{document}.json"));
}
