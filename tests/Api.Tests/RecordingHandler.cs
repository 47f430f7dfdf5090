using System.Collections.Concurrent;

namespace Api.Tests;

/// <summary>Remembers which requests were sent.</summary>
internal sealed class RecordingHandler : DelegatingHandler
{
    private readonly ConcurrentBag<(string Method, Uri Address)> _requests = [];

    /// <summary>How many requests had that method and that name in their query.</summary>
    public int Count(string method, string query) =>
        _requests.Count(request =>
            request.Method == method && request.Address.Query.TrimStart('?').Split('&').Any(part => part.Split('=')[0] == query)
        );

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Add((request.Method.Method, request.RequestUri!));
        return base.SendAsync(request, cancellationToken);
    }
}
