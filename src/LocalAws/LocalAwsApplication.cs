using System.Net;
using LocalAws.S3;
using LocalAws.Sqs;
using LocalAws.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LocalAws;

/// <summary>SQS and S3 at one endpoint, and <c>GET /health</c>.</summary>
internal static class LocalAwsApplication
{
    private const string HealthPath = "/health";

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders().AddJsonConsole();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What keeps LocalAws from starting, Program tells.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.ConfigureKestrel(ConfigureServer);
        builder.Services.Configure<LocalAwsOptions>(builder.Configuration.GetSection("LocalAws"));
        builder.Services.AddSingleton(TimeProvider.System).AddStorage().AddSqs().AddS3();
        builder.Services.AddHostedService<StoredStateLoader>();

        var app = builder.Build();
        app.Run(InvokeAsync);
        return app;
    }

    private static Task InvokeAsync(HttpContext http)
    {
        if (LocalCallers.ReasonToRefuse(http.Request) is { } reason)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return http.Response.WriteAsync(reason);
        }
        // A client that signs its request for a bucket of this name means the bucket.
        if (http.Request.Path == HealthPath && HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Authorization.Count == 0)
            return http.Response.WriteAsync("Healthy");
        if (MessagePreview.Handles(http.Request))
            return http.RequestServices.GetRequiredService<MessagePreview>().InvokeAsync(http);
        return SqsEndpoint.Handles(http.Request)
            ? http.RequestServices.GetRequiredService<SqsEndpoint>().InvokeAsync(http)
            : http.RequestServices.GetRequiredService<S3Endpoint>().InvokeAsync(http);
    }

    private static void ConfigureServer(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        // Bodies come as fast as the caller makes them.
        server.Limits.MinRequestBodyDataRate = null;
        server.Limits.MinResponseDataRate = null;
        // User metadata may hold any byte.
        server.RequestHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        server.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.Latin1;
        server.ConfigureEndpointDefaults(RefuseOtherThanLoopback);
    }

    // Nothing is authenticated here, so nobody else may reach it.
    private static void RefuseOtherThanLoopback(ListenOptions listen)
    {
        if (listen.IPEndPoint is { } endpoint && !IPAddress.IsLoopback(endpoint.Address))
        {
            throw new StartupException(
                "LocalAws listens on loopback addresses alone, for it checks no credentials, and does not listen on "
                    + $"{endpoint}. Set its address to http://127.0.0.1:PORT."
            );
        }
    }
}
