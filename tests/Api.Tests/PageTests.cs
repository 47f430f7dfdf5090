using System.Net.Http.Headers;
using Testing;

namespace Api.Tests;

public sealed class PageTests(AwsEmulator aws)
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/html;q=0.9", "application/json")]
    [InlineData("text/html", "text/html")]
    [InlineData("text/*", "text/html")]
    [InlineData("application/json;q=0.1, text/html", "text/html")]
    [InlineData(Browser, "text/html")]
    public async Task Who_asks_for_a_page_gets_one(string? accept, string contentType)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;
        await api.CompleteAsync(id);
        if (accept is not null)
            client.DefaultRequestHeaders.Add("Accept", accept);

        foreach (var address in new[] { $"/profiles/{id}", "/profiles" })
        {
            using var response = await client.GetAsync(address);
            Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("Accept", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task Text_of_the_file_is_text_on_the_page()
    {
        const string Hostile = "<script>alert(1)</script>\"'><svg onload=alert(2)>";
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var id = (await api.AddAsync()).Id;
        await api.CompleteAsync(id, Hostile);

        using var response = await client.GetAsync($"/profiles/{id}");

        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<svg onload", page);
        Assert.Contains("<svg class=\"quantiles\"", page);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.DoesNotContain("unsafe", policy);
    }

    [Fact]
    public async Task A_page_that_is_not_final_reloads_itself()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var id = (await api.AddAsync()).Id;

        const string Reload = "<meta http-equiv=\"refresh\"";
        Assert.Contains(Reload, await client.GetStringAsync($"/profiles/{id}"));
        await api.CompleteAsync(id);
        Assert.DoesNotContain(Reload, await client.GetStringAsync($"/profiles/{id}"));
    }
}
