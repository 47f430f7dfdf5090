using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Deploy.Tests;

/// <summary>Answers in the place of the services behind the load balancer, whose name leads here.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FrontDoor(WebApplication app) => _app = app;

    /// <summary>As a load balancer's name: <c>127.0.0.1:PORT</c>.</summary>
    public string Address => new Uri(_app.Urls.Single()).Authority;

    /// <summary>What was asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What is answered.</summary>
    public int Status { get; set; } = 200;

    public static async Task<FrontDoor> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var door = new FrontDoor(builder.Build());
        door._app.Run(context =>
        {
            lock (door.Requests)
            {
                door.Requests.Add($"{context.Request.Method} {context.Request.Path}");
            }

            context.Response.StatusCode = door.Status;
            return Task.CompletedTask;
        });
        await door._app.StartAsync();
        return door;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
