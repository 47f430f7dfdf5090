using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Tests;

/// <summary>A web application with the service defaults, in Production, on a free port, whose ended spans a test can look at.</summary>
internal sealed class ObservedHost : IAsyncDisposable
{
    /// <summary>A source that the tests start their own spans with; the hosts collect it as the application's.</summary>
    public static readonly ActivitySource Source = new($"{ApplicationName}.Tests");

    private const string ApplicationName = "ObservedHost";

    private readonly SpanCollector _spans = new();

    private ObservedHost(Action<WebApplicationBuilder>? configure, Action<WebApplication>? map)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = ApplicationName, EnvironmentName = Environments.Production }
        );
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(_spans));
        configure?.Invoke(builder);
        App = builder.Build();
        App.MapDefaultEndpoints();
        map?.Invoke(App);
        Client = new HttpClient();
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    /// <summary>The spans that ended, of whatever test.</summary>
    public IReadOnlyCollection<Activity> Spans => _spans.Ended;

    public static async Task<ObservedHost> StartAsync(Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var host = new ObservedHost(configure, map);
        await host.App.StartAsync();
        host.Client.BaseAddress = new Uri(host.App.Urls.Single());
        return host;
    }

    /// <summary>The spans of one trace, as soon as there are so many.</summary>
    public async Task<IReadOnlyList<Activity>> SpansOfAsync(ActivityTraceId traceId, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var changed = _spans.Changed;
            var spans = _spans.Ended.Where(span => span.TraceId == traceId && !IsOfAnotherServer(span)).ToList();
            if (spans.Count >= count)
            {
                return spans;
            }

            await changed.WaitAsync(deadline.Token);
        }
    }

    // The servers that stand for AWS are in this process, and traced like the application.
    private bool IsOfAnotherServer(Activity span) =>
        span.Kind == ActivityKind.Server && span.GetTagItem("server.port") is int port && port != Client.BaseAddress!.Port;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }

    private sealed class SpanCollector : BaseProcessor<Activity>
    {
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<Activity> Ended { get; } = new();

        public Task Changed => Volatile.Read(ref _changed).Task;

        public override void OnEnd(Activity activity)
        {
            Ended.Enqueue(activity);
            Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
