using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Testing.Edge;

/// <summary>
/// Sends requests on as a proxy does: as they come, answers too, and as a connection both ways where one becomes a WebSocket.
/// </summary>
internal sealed class Forwarding : IDisposable
{
    private static readonly HashSet<string> s_ofConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Host",
        "Keep-Alive",
        "Transfer-Encoding",
        "Upgrade",
    };

    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    );

    public void Dispose() => _http.Dispose();

    /// <param name="context">The request, and its answer.</param>
    /// <param name="target">Where it goes; its host stays what was called.</param>
    /// <param name="headers">What the proxy says by itself, in place of what the request has; null for what it takes out.</param>
    public async Task SendAsync(HttpContext context, Uri target, IReadOnlyDictionary<string, string?> headers)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } possible ? possible : null;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        if (upgrade is null && (context.Request.ContentLength > 0 || context.Request.Headers.ContainsKey("Transfer-Encoding")))
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (
            var (name, values) in context.Request.Headers.Where(header =>
                !s_ofConnection.Contains(header.Key) && !headers.ContainsKey(header.Key)
            )
        )
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Host = context.Request.Host.Value;
        if (upgrade is not null)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", context.Request.Headers.Upgrade.ToString());
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !s_ofConnection.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols && upgrade is not null)
        {
            context.Response.Headers.Upgrade = answer.Headers.Upgrade.ToString();
            await JoinAsync(upgrade, await answer.Content.ReadAsStreamAsync(context.RequestAborted), context.RequestAborted);
        }
        else
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    /// <summary>Both ways, until one of the two ends.</summary>
    private static async Task JoinAsync(IHttpUpgradeFeature upgrade, Stream behind, CancellationToken aborted)
    {
        await using var before = await upgrade.UpgradeAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Task[] ways = [before.CopyToAsync(behind, end.Token), behind.CopyToAsync(before, end.Token)];
        await Task.WhenAny(ways);
        await end.CancelAsync();
        await Task.WhenAll(ways).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
