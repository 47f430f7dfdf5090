using System.Collections.Concurrent;

namespace Worker.Tests.Jobs;

/// <summary>Remembers what is asked of S3, in order.</summary>
internal sealed class S3Calls : DelegatingHandler
{
    private readonly ConcurrentQueue<string> _all = [];

    public IReadOnlyCollection<string> All => _all;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _all.Enqueue($"{request.Method} {request.RequestUri!.Segments[^1]}");
        return base.SendAsync(request, cancellationToken);
    }
}
