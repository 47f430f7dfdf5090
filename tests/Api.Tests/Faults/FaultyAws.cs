using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Faults;

/// <summary>Stands in front of LocalAws on the loopback and does to a call what a test says: answers 500, stalls, breaks off.</summary>
internal sealed class FaultyAws : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _end = new();
    private readonly string _target;
    private int _underWay;

    private FaultyAws(string target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        _app = builder.Build();
        _app.Run(InvokeAsync);
    }

    public string Url { get; private set; } = "";

    /// <summary>What to do to a call; <see cref="Fault.None"/> to none.</summary>
    public Func<HttpRequest, Fault> Decide { get; set; } = _ => Fault.None;

    /// <summary>Each call that came, as <c>METHOD path?query</c>, or the operation of SQS.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>How many calls have not come to their end.</summary>
    public int UnderWay => _underWay;

    public static async Task<FaultyAws> StartAsync(string target)
    {
        var faulty = new FaultyAws(target);
        await faulty._app.StartAsync();
        faulty.Url = faulty._app.Urls.Single();
        return faulty;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _client.Dispose();
        _end.Dispose();
    }

    /// <summary>A call of SQS, by the name of its operation.</summary>
    public static bool IsSqs(HttpRequest request, string operation) => request.Headers["X-Amz-Target"] == $"AmazonSQS.{operation}";

    private async Task InvokeAsync(HttpContext http)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Calls.Enqueue(target.Length > 0 ? target : $"{http.Request.Method} {raw}");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, http.RequestAborted);
        Interlocked.Increment(ref _underWay);
        try
        {
            await DoAsync(http, raw, Decide(http.Request), end.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            http.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task DoAsync(HttpContext http, string raw, Fault fault, CancellationToken end)
    {
        if (fault.Status is { } status)
        {
            // As S3 does in the middle of an upload: some of the body is read, not all.
            await http.Request.Body.ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, end);
            http.Response.StatusCode = status;
            await http.Response.WriteAsync("<Error><Code>InternalError</Code><Message>secret-bucket-name broke</Message></Error>", end);
            return;
        }

        if (fault.Refuses)
        {
            http.Abort();
            return;
        }

        if (fault.StallsUpload)
        {
            await http.Request.Body.ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, end);
            await Task.Delay(Timeout.InfiniteTimeSpan, end);
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri(_target + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        );
        if (http.Request.ContentLength is > 0)
            request.Content = new StreamContent(http.Request.Body);
        else if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            request.Content = new ByteArrayContent([]);
        foreach (var (name, values) in http.Request.Headers)
        {
            if (name is not ("Host" or "Expect") && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
        if (fault.Answered is { } answered)
        {
            // It was done, and nobody is told.
            answered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, end);
        }

        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (name is not "Transfer-Encoding")
                http.Response.Headers[name] = values.ToArray();
        }

        await CopyAsync(await response.Content.ReadAsStreamAsync(end), http, fault, end);
    }

    private static async Task CopyAsync(Stream body, HttpContext http, Fault fault, CancellationToken end)
    {
        var (buffer, sent) = (new byte[16 << 10], 0L);
        for (int read; (read = await body.ReadAsync(buffer, end)) > 0; sent += read)
        {
            if (sent + read > fault.BytesBeforeBreak)
                http.Abort();
            if (sent + read > fault.BytesBeforeStall)
            {
                await http.Response.Body.FlushAsync(end);
                await Task.Delay(Timeout.InfiniteTimeSpan, end);
            }

            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), end);
        }
    }
}

/// <summary>What becomes of a call.</summary>
internal sealed record Fault
{
    public static Fault None { get; } = new();

    /// <summary>Answers so, and does nothing.</summary>
    public int? Status { get; init; }

    /// <summary>Breaks the connection at once, as if nothing was there.</summary>
    public bool Refuses { get; init; }

    /// <summary>Reads the beginning of the request, and then neither reads nor answers.</summary>
    public bool StallsUpload { get; init; }

    /// <summary>Lets the call be done, says so here, and never answers.</summary>
    public TaskCompletionSource? Answered { get; init; }

    /// <summary>How much of the answer's body comes before nothing does.</summary>
    public long BytesBeforeStall { get; init; } = long.MaxValue;

    /// <summary>How much of the answer's body comes before the connection breaks.</summary>
    public long BytesBeforeBreak { get; init; } = long.MaxValue;
}
