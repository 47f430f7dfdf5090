using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Testing;

/// <summary>
/// Stands in for the load balancer: one address in front of the tasks of a service, each request to the next of them, with the headers that
/// it adds. It
/// is not sticky: what works behind it works wherever a request goes.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private static readonly HashSet<string> s_ownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Transfer-Encoding",
        "Host",
    };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Func<int, Task<Uri>> _target;
    private WebApplication _app = null!;
    private int _next = -1;

    private LoadBalancer(int targets, Func<int, Task<Uri>> target) => (Requests, _target) = (new int[targets], target);

    /// <summary>Its address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>How many requests each target had.</summary>
    public int[] Requests { get; }

    public static Task<LoadBalancer> StartAsync(params Uri[] targets) =>
        StartAsync(targets.Length, index => Task.FromResult(targets[index]));

    /// <param name="targets">How many targets there are.</param>
    /// <param name="target">The address of one, asked for each request.</param>
    public static async Task<LoadBalancer> StartAsync(int targets, Func<int, Task<Uri>> target)
    {
        var balancer = new LoadBalancer(targets, target);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        balancer._app = builder.Build();
        balancer._app.Run(balancer.ForwardAsync);
        await balancer._app.StartAsync();
        balancer.Address = new Uri(balancer._app.Urls.Single());
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var target = (int)((uint)Interlocked.Increment(ref _next) % (uint)Requests.Length);
        Interlocked.Increment(ref Requests[target]);
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(await _target(target), $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}")
        );
        if (context.Request.ContentLength > 0 || context.Request.Headers.ContainsKey("Transfer-Encoding"))
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !s_ownHeaders.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        request.Headers.Host = context.Request.Host.Value;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", IPAddress.Loopback.ToString());
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "http");
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !s_ownHeaders.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
