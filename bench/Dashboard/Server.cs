using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aspire.Dashboard;
using Aspire.Dashboard.Model;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Bench;

/// <summary>The measured process: the dashboard, or what only decodes. It says its addresses, then how much memory it uses when asked.</summary>
internal static class Server
{
    public static async Task RunAsync(string what)
    {
        var clock = Stopwatch.StartNew();
        if (what == "dashboard")
        {
            await using var dashboard = await DashboardServer.StartAsync(new DashboardOptions(), new NoModel(), CancellationToken.None);
            Console.WriteLine($"{dashboard.FrontendUrl} {dashboard.OtlpHttpUrl} {clock.Elapsed.TotalMilliseconds:0}");
            Answer();
        }
        else
        {
            await using var server = await StartDecoderAsync();
            Console.WriteLine($"{server.Urls.First()} {server.Urls.First()} {clock.Elapsed.TotalMilliseconds:0}");
            Answer();
        }
    }

    private static void Answer()
    {
        while (Console.ReadLine() is not null)
        {
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            Console.WriteLine($"{heap} {Environment.WorkingSet}");
        }
    }

    private static async Task<WebApplication> StartDecoderAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/", () => "");
        app.MapPost("/v1/traces", context => DecodeAsync<ExportTraceServiceRequest>(context));
        app.MapPost("/v1/logs", context => DecodeAsync<ExportLogsServiceRequest>(context));
        await app.StartAsync();
        return app;
    }

    private static async Task DecodeAsync<TRequest>(HttpContext context) where TRequest : IMessage<TRequest>, new()
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        new MessageParser<TRequest>(() => new TRequest()).ParseFrom(body);
    }

    private sealed class NoModel : IDashboardModel
    {
        public string ApplicationName => "Benchmark";

        public async IAsyncEnumerable<IReadOnlyList<DashboardResourceChange>> WatchResourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return [];
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public async IAsyncEnumerable<IReadOnlyList<DashboardConsoleLine>> WatchConsoleAsync(string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public Task<DashboardCommandResult> ExecuteCommandAsync(string resourceName, string commandName, CancellationToken cancellationToken) =>
            Task.FromResult(new DashboardCommandResult(true));
    }
}
