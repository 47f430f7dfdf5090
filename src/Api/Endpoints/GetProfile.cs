using System.ComponentModel;
using Api.Errors;
using Api.Pages;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Profiles;

namespace Api.Endpoints;

internal static class GetProfile
{
    private const string SecondsToRetry = "1";

    /// <summary>Whether a request waits: how long it takes is then its sender's choice, and no measure of the service.</summary>
    public static bool IsLongPoll(HttpRequest request)
        => request.Path.StartsWithSegments("/profiles") && request.Query["wait"].ToString() is not ("" or "0");

    /// <summary>Gives a profile, and its result when done</summary>
    /// <remarks>As JSON or, where the request prefers `text/html`, as a page with a chart a column.</remarks>
    public static async Task<IResult> HandleAsync(
        [Description("Names the profile.")] ProfileId id,
        HttpContext context,
        ProfileWatch watch,
        ProfileStore store,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Seconds to wait for the result, at most 60. The answer comes as soon as the profile is done or failed.")] int wait = 0)
    {
        var seconds = TimeSpan.FromSeconds(Math.Max(0, wait));
        var found = await watch.FindAsync(id, seconds < options.Value.MaxWait ? seconds : options.Value.MaxWait, cancellationToken);
        if (found is null)
            return Problems.NoSuchProfile();

        var (state, html) = (found.Value, context.Request.PrefersHtml());
        var headers = context.Response.GetTypedHeaders();
        headers.Set(HeaderNames.Vary, HeaderNames.Accept);
        if (!state.IsSettled)
        {
            headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
            context.Response.Headers.RetryAfter = SecondsToRetry;
            return Represent(state, profile: null, html);
        }

        var etag = new EntityTagHeaderValue($"\"{found.ETag.Trim('"')}-{state.Status}-{(html ? "html" : "json")}\"");
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        headers.ETag = etag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        var profile = state.Status is ProfileStatus.Done ? await store.FindProfileAsync(id, cancellationToken) : null;
        if (profile is null && state.Status is ProfileStatus.Done)
            return Problems.NoSuchProfile();
        return Represent(state, profile, html);
    }

    private static IResult Represent(ProfileState state, Profile? profile, bool html)
    {
        var resource = ProfileResource.Of(state, profile);
        return html ? HtmlPage.Of<ProfilePage>(new() { [nameof(ProfilePage.Resource)] = resource }) : TypedResults.Ok(resource);
    }
}
