using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>
/// What the front end of samples/Shop calls, without its database, and what a front end may besides: a login by a cookie, a long poll, a
/// WebSocket. It is an ASP.NET Core application as it starts in a task: it has the task definition's variables, and of forwarded headers
/// what AddServiceDefaults does.
/// </summary>
internal sealed class OrdersApi : IAsyncDisposable
{
    private readonly ConcurrentQueue<Order> _orders = new();
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _waitedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _ordered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OrdersApi(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = [.. variables.Select(variable => $"--{NameOf(variable.Key)}={variable.Value}")] }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.ConfigureForwardedProto();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        _app = builder.Build();
        _app.UseAuthentication();
        _app.UseWebSockets();
        _app.MapGet("/api/orders", () => _orders);
        _app.MapPost("/api/orders", (NewOrder order) => Take(order));
        _app.MapGet("/api/orders/next", NextAsync);
        _app.MapPost("/api/login", SignInAsync);
        _app.MapGet("/api/me", (HttpContext context) => Seen(context));
        _app.Map("/api/echo", EchoAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="variables">The variables of the task definition.</param>
    public static async Task<OrdersApi> StartAsync(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var api = new OrdersApi(variables);
        await api._app.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    /// <summary>Ends once somebody waits for the next order.</summary>
    public Task WaitedForAsync() => _waitedFor.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>A variable as configuration has it.</summary>
    private static string NameOf(string variable) =>
        (variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal) ? variable["ASPNETCORE_".Length..] : variable).Replace(
            "__",
            ":",
            StringComparison.Ordinal
        );

    private IResult Take(NewOrder order)
    {
        var taken = new Order(_orders.Count + 1, order.Article, order.Count, 5, "new");
        _orders.Enqueue(taken);
        Interlocked.Exchange(ref _ordered, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return Results.Created($"/api/orders/{taken.Id}", taken);
    }

    /// <summary>Answers once there is another order.</summary>
    private async Task<Order> NextAsync(CancellationToken aborted)
    {
        var (ordered, count) = (_ordered.Task, _orders.Count);
        _waitedFor.TrySetResult();
        await ordered.WaitAsync(aborted);
        return _orders.ElementAt(count);
    }

    private static Task SignInAsync(HttpContext context) =>
        context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "Ada")], "test")));

    /// <summary>Who calls, and how it was called, as the application sees it.</summary>
    private static Seen Seen(HttpContext context) =>
        new(
            context.User.Identity?.Name,
            $"{context.Request.Scheme}://{context.Request.Host}",
            context.Connection.RemoteIpAddress?.ToString()
        );

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}

internal sealed record NewOrder(string Article, int Count);

internal sealed record Order(int Id, string Article, int Count, int Price, string State);

/// <param name="Name">Who is signed in; null for nobody.</param>
/// <param name="Origin">Scheme and host.</param>
/// <param name="Browser">The address of who asks.</param>
internal sealed record Seen(string? Name, string Origin, string? Browser);
