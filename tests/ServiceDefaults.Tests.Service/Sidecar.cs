using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ServiceDefaults.Tests.Service;

/// <summary>
/// What an agent beside the application is to it: a process that takes OTLP over gRPC on a port of the loopback, and says so line by line.
/// </summary>
internal static class Sidecar
{
    // Not compressed, no bytes: an empty message, which says that all was taken.
    private static readonly byte[] Taken = new byte[5];

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(Taken, context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
            await Console.Out.WriteLineAsync(context.Request.Path);
        });
        await app.StartAsync();
        await Console.Out.WriteLineAsync("listening");
        await app.WaitForShutdownAsync();
    }
}
