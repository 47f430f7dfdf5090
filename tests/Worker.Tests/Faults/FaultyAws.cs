using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Worker.Tests.Faults;

/// <summary>What happens to a call on its way.</summary>
/// <param name="Status">Is answered in the service's place, where it is set.</param>
/// <param name="StopAfter">So many bytes of the service's answer come, and then none, where it is set.</param>
/// <param name="Breaks">Whether the connection then ends; else it stays open.</param>
internal sealed record Fault(int? Status = null, int? StopAfter = null, bool Breaks = false);

/// <summary>Stands between a worker and the emulator, streams what goes through, and does to each call what the test says.</summary>
internal sealed class FaultyAws : IAsyncDisposable
{
    private static readonly HashSet<string> _ownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Expect",
        "Content-Length",
    };

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _target;
    private readonly Func<Call, Fault?> _faultOf;
    private readonly WebApplication _app;

    private FaultyAws(string target, Func<Call, Fault?> faultOf)
    {
        (_target, _faultOf) = (target, faultOf);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(options =>
            {
                options.Listen(IPAddress.Loopback, 0);
                options.Limits.MaxRequestBodySize = null;
            });
        _app = builder.Build();
        _app.Run(ProcessAsync);
    }

    public string Url { get; private set; } = "";

    /// <summary>The calls so far.</summary>
    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <param name="target">The emulator's address.</param>
    /// <param name="faultOf">Asked for each call, with how many like it were there before.</param>
    public static async Task<FaultyAws> StartAsync(string target, Func<Call, Fault?> faultOf)
    {
        var proxy = new FaultyAws(target, faultOf);
        await proxy._app.StartAsync();
        proxy.Url = proxy._app.Urls.Single();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task ProcessAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var call = new Call(
            operation.Length > 0 ? operation : $"{method} {path[(path.LastIndexOf('/') + 1)..]}",
            context.Request.Headers.Range.ToString()
        );
        call = call with { Nth = Calls.Count(before => before.Operation == call.Operation) + 1 };
        Calls.Enqueue(call);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await AnswerAsync(context, _faultOf(call), end.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, Fault? fault, CancellationToken cancellationToken)
    {
        if (fault is { Status: null, StopAfter: null, Breaks: true })
        {
            context.Abort();
            return;
        }
        if (fault?.Status is { } status)
        {
            using var ignored = new MemoryStream();
            await context.Request.Body.CopyToAsync(ignored, cancellationToken);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(
                "<Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>",
                cancellationToken
            );
            return;
        }

        using var response = await ForwardAsync(context, cancellationToken);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !_ownHeaders.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (context.Response.StatusCode is not (204 or 304) || context.Request.Method == "HEAD")
            context.Response.ContentLength = response.Content.Headers.ContentLength;
        if (context.Request.Method == "HEAD" || context.Response.StatusCode is 204 or 304)
            return;
        await CopyAsync(await response.Content.ReadAsStreamAsync(cancellationToken), context, fault, cancellationToken);
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), _target + raw)
        {
            Content = new ByteArrayContent(body.ToArray()),
        };
        foreach (var (name, values) in context.Request.Headers.Where(header => !_ownHeaders.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task CopyAsync(Stream from, HttpContext context, Fault? fault, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 << 10];
        var left = fault?.StopAfter ?? long.MaxValue;
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0 && left > 0; left -= read)
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, left)), cancellationToken);
        if (fault?.StopAfter is null)
            return;
        await context.Response.Body.FlushAsync(cancellationToken);
        if (fault.Breaks)
            context.Abort();
        else
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <param name="Operation">SQS's as it names it; S3's as the method and the last part of the key.</param>
    /// <param name="Range">The range that is asked for; empty for all.</param>
    internal sealed record Call(string Operation, string Range)
    {
        /// <summary>Which of its operation it is, counted from 1.</summary>
        public int Nth { get; init; } = 1;
    }
}
