using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Api;

internal static class ContentNegotiation
{
    private static readonly StringSegment Html = "text/html";
    private static readonly StringSegment Json = "application/json";

    /// <summary>Whether the caller would rather have a page than JSON. Who does not say gets JSON.</summary>
    public static bool PrefersHtml(this HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        return Quality(accept, Html) > Quality(accept, Json);
    }

    // Of the ranges that hold the type, the most specific one decides: RFC 9110, section 12.5.1.
    private static double Quality(IList<MediaTypeHeaderValue> accept, StringSegment type)
    {
        var mediaType = new MediaTypeHeaderValue(type);
        return accept
            .Where(range => mediaType.IsSubsetOf(range))
            .OrderBy(range =>
                range.MatchesAllTypes ? 2
                : range.MatchesAllSubTypes ? 1
                : 0
            )
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
