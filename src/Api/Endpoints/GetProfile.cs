using System.ComponentModel;
using Api.Errors;
using Api.Pages;
using Api.Reading;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Profiles;

namespace Api.Endpoints;

internal static class GetProfile
{
    private const string SecondsToRetry = "1";

    /// <summary>Whether a request waits: how long it takes is then its sender's choice, and no measure of the service.</summary>
    public static bool IsLongPoll(HttpRequest request) =>
        request.Path.StartsWithSegments("/profiles") && request.Query["wait"].ToString() is not ("" or "0");

    /// <summary>Gives a profile, and its result when done</summary>
    /// <remarks>As JSON or, where the request prefers `text/html`, as a page with a chart a column.</remarks>
    public static async Task<IResult> HandleAsync(
        [Description("Names the profile.")] ProfileId id,
        HttpContext context,
        ProfileWatch watch,
        ProfileStore store,
        ReadLimits limits,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken,
        [Description("Seconds to wait for the result, at most 50. The answer comes as soon as the profile is done or failed.")] int wait = 0
    )
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
            return Represent(state, html);
        }

        var etag = new EntityTagHeaderValue($"\"{found.ETag.Trim('"')}-{state.Status}-{(html ? "html" : "json")}\"");
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        headers.ETag = etag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        if (state.Status is ProfileStatus.Failed)
            return Represent(state, html);
        return (
            html ? await PageAsync(state, store, limits, cancellationToken) : await StreamAsync(state, store, limits, cancellationToken)
        ) ?? Problems.NoSuchProfile();
    }

    private static IResult Represent(ProfileState state, bool html)
    {
        var resource = ProfileResource.Of(state);
        return html ? HtmlPage.Of<ProfilePage>(new() { [nameof(ProfilePage.Resource)] = resource }) : TypedResults.Ok(resource);
    }

    private static async Task<IResult?> PageAsync(
        ProfileState state,
        ProfileStore store,
        ReadLimits limits,
        CancellationToken cancellationToken
    )
    {
        // Before anything is read: what waits for its turn to be sent holds nothing.
        var page = await limits.PageAsync(cancellationToken);
        var isOfPage = false;
        try
        {
            using var right = await limits.RenderingAsync(cancellationToken);
            using var content = await store.OpenProfileAsync(state.Id, cancellationToken);
            if (content is null)
                return null;
            var head = await ProfileHead.ReadAsync(content, cancellationToken);
            isOfPage = true;
            return HtmlPage.Of<ProfilePage>(
                new()
                {
                    [nameof(ProfilePage.Resource)] = ProfileResource.Of(state, head.Profile),
                    [nameof(ProfilePage.ColumnCount)] = head.ColumnCount,
                    [nameof(ProfilePage.IsWhole)] = head.IsWhole,
                },
                page
            );
        }
        finally
        {
            if (!isOfPage)
                page.Dispose();
        }
    }

    private static async Task<IResult?> StreamAsync(
        ProfileState state,
        ProfileStore store,
        ReadLimits limits,
        CancellationToken cancellationToken
    )
    {
        var right = await limits.DownloadAsync(cancellationToken);
        try
        {
            if (await store.OpenProfileAsync(state.Id, cancellationToken) is { } content)
                return new StoredProfileResult(ProfileResource.Of(state), content, right);
            right.Dispose();
            return null;
        }
        catch
        {
            right.Dispose();
            throw;
        }
    }
}
