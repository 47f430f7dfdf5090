using System.ComponentModel;
using Api.Pages;
using Microsoft.Net.Http.Headers;
using Profiles;

namespace Api.Endpoints;

internal static class ListProfiles
{
    private const int MaxLimit = 100;

    /// <summary>Lists profiles, the newest first</summary>
    /// <remarks>Without their results. A page may hold fewer than `limit`; only where `next` is missing it is the last one.</remarks>
    public static async Task<IResult> HandleAsync(
        HttpContext context,
        ProfileStore store,
        TimeProvider time,
        CancellationToken cancellationToken,
        [Description("The last profile of the page before.")] ProfileId? after = null,
        [Description("How many to give at most: 1 to 100.")] int limit = 20
    )
    {
        limit = Math.Clamp(limit, 1, MaxLimit);
        var page = await store.ListAsync(after, limit, cancellationToken);
        var now = time.GetUtcNow();
        var next = page.Last is { } last ? $"/profiles?after={last}&limit={limit}" : null;
        var list = new ProfileResourceList([.. page.Profiles.Select(state => ProfileResource.Of(state.AsOf(now)))], next);

        context.Response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (next is not null)
            context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return context.Request.PrefersHtml() ? HtmlPage.Of<ListPage>(new() { [nameof(ListPage.List)] = list }) : TypedResults.Ok(list);
    }
}
