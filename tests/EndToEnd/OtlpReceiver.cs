using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace EndToEnd;

/// <summary>A span and the service that sent it.</summary>
internal sealed record ReceivedSpan(string Service, Span Span)
{
    public string TraceId => Convert.ToHexStringLower(Span.TraceId.Span);

    public string? this[string attribute] => Span.Attributes.SingleOrDefault(a => a.Key == attribute)?.Value.StringValue;
}

/// <summary>An OTLP endpoint over gRPC that keeps the spans it is sent, and takes logs and metrics.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    public IReadOnlyList<ReceivedSpan> Spans => [.. _server.Services.GetRequiredService<Received>().Spans];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)
        );
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<Received>();
        var server = builder.Build();
        server.MapGrpcService<TraceEndpoint>();
        server.MapGrpcService<LogsEndpoint>();
        server.MapGrpcService<MetricsEndpoint>();
        await server.StartAsync();
        return new OtlpReceiver(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Received
    {
        public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();
    }

    private sealed class TraceEndpoint(Received received) : TraceService.TraceServiceBase
    {
        public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
        {
            foreach (var resource in request.ResourceSpans)
            {
                var service = resource.Resource.Attributes.Single(a => a.Key == "service.name").Value.StringValue;
                foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                    received.Spans.Enqueue(new ReceivedSpan(service, span));
            }
            return Task.FromResult(new ExportTraceServiceResponse());
        }
    }

    private sealed class LogsEndpoint : LogsService.LogsServiceBase
    {
        public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) =>
            Task.FromResult(new ExportLogsServiceResponse());
    }

    private sealed class MetricsEndpoint : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) =>
            Task.FromResult(new ExportMetricsServiceResponse());
    }
}
