using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Tests.Aws;

/// <summary>An HTTP server on a free port of the loopback, which keeps what it was asked and answers as it is told.</summary>
internal sealed class AwsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AwsServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<AwsRequest> Requests { get; } = new();

    public static async Task<AwsServer> StartAsync(Func<AwsRequest, AwsAnswer> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new AwsServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var request = new AwsRequest(
                context.Request.Method,
                context.Request.Path,
                context.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                await reader.ReadToEndAsync(context.RequestAborted)
            );
            server.Requests.Enqueue(request);

            var reply = answer(request);
            context.Response.StatusCode = reply.Status;
            context.Response.ContentType = reply.ContentType;
            context.Response.Headers["x-amzn-RequestId"] = context.Response.Headers["x-amz-request-id"] = "request-1";
            foreach (var (name, value) in reply.Headers ?? [])
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(reply.Body, context.RequestAborted);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record AwsRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The operation of a request in AWS's JSON protocol.</summary>
    public string? Operation => Headers.GetValueOrDefault("X-Amz-Target")?.Split('.')[^1];
}

internal sealed record AwsAnswer(
    int Status,
    string Body,
    string ContentType = "application/x-amz-json-1.0",
    Dictionary<string, string>? Headers = null
);
