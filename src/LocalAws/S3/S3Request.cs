using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace LocalAws.S3;

/// <summary>One call as it came in: which bucket and key it is about, and its query and headers.</summary>
internal sealed class S3Request
{
    /// <summary>In bytes of UTF-8.</summary>
    public const int MaximumKeyLength = 1024;

    private const string VirtualHost = ".localhost";

    public S3Request(HttpContext http)
    {
        Http = http;
        // The raw target, because a key may hold what a path must not: "..", "//" or an encoded slash.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];
        path = path.StartsWith('/') ? path[1..] : path;
        var host = http.Request.Host.Host;
        if (host.EndsWith(VirtualHost, StringComparison.OrdinalIgnoreCase))
        {
            (Bucket, Key) = (host[..^VirtualHost.Length], Uri.UnescapeDataString(path));
        }
        else
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            Bucket = Uri.UnescapeDataString(slash < 0 ? path : path[..slash]);
            Key = slash < 0 ? "" : Uri.UnescapeDataString(path[(slash + 1)..]);
        }
        Scope =
            Bucket.Length == 0 ? S3Scope.Service
            : Key.Length == 0 ? S3Scope.Bucket
            : S3Scope.Object;
        KeyBytes = Encoding.UTF8.GetBytes(Key);
        if (KeyBytes.Length > MaximumKeyLength)
            throw S3Exception.KeyTooLong(KeyBytes.Length);
    }

    public HttpContext Http { get; }

    public string Bucket { get; }

    public string Key { get; }

    public byte[] KeyBytes { get; }

    public S3Scope Scope { get; }

    public string Method => Http.Request.Method;

    public IQueryCollection Query => Http.Request.Query;

    public HttpResponse Response => Http.Response;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>A header's value; null where it is absent or empty.</summary>
    public string? Header(string name) => Http.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A query parameter's value; null where it is absent.</summary>
    public string? Parameter(string name) => Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <exception cref="S3Exception">The parameter is not a number in the range.</exception>
    public int Number(string name, int minimum, int maximum, int otherwise)
    {
        if (Parameter(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw S3Exception.InvalidArgument($"Argument {name} must be an integer between {minimum} and {maximum}.");
    }
}

/// <summary>What a request's path names.</summary>
internal enum S3Scope
{
    Service,
    Bucket,
    Object,
}
