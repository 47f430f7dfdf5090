using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

/// <summary>Takes OTLP over gRPC, as an agent beside the application does, and throws it away.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly byte[] Taken = new byte[5];

    private readonly WebApplication _app;
    private long _bytes;

    private Receiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0; )
            Interlocked.Add(ref _bytes, read);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(Taken);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
