using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aspire.Dashboard.Otlp;

/// <summary>The receivers of telemetry, apart from the pages: HTTP/2 for gRPC and HTTP/1.1 for the rest.</summary>
internal static class OtlpServer
{
    public static WebApplication Create(DashboardOptions options, TelemetryStore store)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bodies are counted after decompression, by the endpoints and by gRPC.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenLoopback(options.OtlpGrpcUrl, HttpProtocols.Http2);
            kestrel.ListenLoopback(options.OtlpHttpUrl, HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = OtlpHttpEndpoints.MaxRequestBytes);
        var receiver = new OtlpReceiver(store);
        builder.Services.AddSingleton(receiver);

        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (options.OtlpApiKey is { } key && !SecretComparison.AreEqual(context.Request.Headers["x-otlp-api-key"], key))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }

            return next(context);
        });
        app.UseRouting();
        app.MapGrpcService<OtlpTraceService>();
        app.MapGrpcService<OtlpLogsService>();
        app.MapGrpcService<OtlpMetricsService>();
        app.MapOtlpHttp(receiver);
        return app;
    }
}
