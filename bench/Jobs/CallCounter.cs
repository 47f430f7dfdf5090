using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

/// <summary>Stands before the emulator and counts what is asked of it.</summary>
internal sealed class CallCounter : IAsyncDisposable
{
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Expect",
        "Content-Length",
    };

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly string _target;
    private readonly WebApplication _app;

    private CallCounter(string target)
    {
        _target = target;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>How often each call came, one that found nothing to receive left out.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    public static async Task<CallCounter> StartAsync(string target)
    {
        var counter = new CallCounter(target);
        await counter._app.StartAsync();
        return counter;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), _target.TrimEnd('/') + raw)
        {
            Content = new ByteArrayContent(body.ToArray()),
        };
        foreach (var (name, values) in context.Request.Headers.Where(header => !OwnHeaders.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        using var response = await _client.SendAsync(request, context.RequestAborted);
        var answer = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        Count(context, answer);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !OwnHeaders.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (context.Response.StatusCode is 204 or 304 || context.Request.Method == "HEAD")
            return;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private void Count(HttpContext context, byte[] answer)
    {
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        // An idle worker asks three times a minute, whether there are jobs or not.
        if (operation == "GetQueueAttributes" || operation == "ReceiveMessage" && !answer.AsSpan().Contains((byte)'['))
            return;
        var path = context.Request.Path.Value!;
        _counts.AddOrUpdate(
            operation.Length > 0 ? $"SQS {operation}" : $"S3 {context.Request.Method} {path[(path.LastIndexOf('/') + 1)..]}",
            1,
            (_, count) => count + 1
        );
    }
}
