using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Profiles;
using Testing;

namespace Api.Tests;

public sealed class ReadTests(AwsEmulator aws)
{
    [Fact]
    public async Task A_profile_that_is_done_has_its_result()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;
        await api.CompleteAsync(id);

        using var response = await client.GetAsync($"/profiles/{id}");

        var profile = await response.Content.ReadFromJsonAsync<JsonNode>();
        Assert.Equal("done", (string?)profile!["state"]);
        Assert.Equal("integer", (string?)profile["profile"]!["columns"]![0]!["type"]);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_profile_that_is_not_done_says_when_to_ask_again()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;

        using var response = await client.GetAsync($"/profiles/{id}?wait=1");

        Assert.Equal("queued", (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["state"]);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task Who_waits_gets_the_result_when_it_is_there()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;

        var waiting = client.GetFromJsonAsync<JsonNode>($"/profiles/{id}?wait=60");
        await api.CompleteAsync(id);

        Assert.Equal("done", (string?)(await waiting)!["state"]);
    }

    [Fact]
    public async Task Who_waits_for_a_deleted_profile_is_told_so()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;

        var waiting = client.GetAsync($"/profiles/{id}?wait=60");
        using var deletion = await client.DeleteAsync($"/profiles/{id}");
        using var response = await waiting;

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deletion.StatusCode, response.StatusCode));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_service_allows()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:MaxWait", "00:00:01"));
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;

        var profile = await client.GetFromJsonAsync<JsonNode>($"/profiles/{id}?wait={int.MaxValue}");
        Assert.Equal("queued", (string?)profile!["state"]);
    }

    [Fact]
    public async Task A_result_that_is_known_is_not_sent_again()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;
        await api.CompleteAsync(id);
        using var first = await client.GetAsync($"/profiles/{id}");

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/profiles/{id}") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await client.SendAsync(again);
        using var page = new HttpRequestMessage(HttpMethod.Get, $"/profiles/{id}")
        {
            Headers = { IfNoneMatch = { first.Headers.ETag! }, Accept = { new("text/html") } },
        };
        using var third = await client.SendAsync(page);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (second.StatusCode, third.StatusCode));
    }

    [Theory]
    [InlineData("..%2f..%2fsecret")]
    [InlineData("%2e%2e%2fsecret")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdef%2f..")]
    [InlineData("0123456789abcdef0123456789abcdef%0A")]
    [InlineData("0123456789abcdef0123456789abcde٠")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task What_is_no_profile_is_not_found(string id)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var response = await client.SendAsync(new HttpRequestMessage(method, $"/profiles/{id}"));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/profiles?limit=many")]
    [InlineData("/profiles?after=..%2f")]
    public async Task A_parameter_that_makes_no_sense_is_a_bad_request(string address)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();

        using var response = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_pages_of_the_list_hold_every_profile_once_the_newest_first()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var added = new List<ProfileState>();
        for (var i = 0; i < 7; i++)
            added.Add(await api.AddAsync());

        var listed = new List<JsonNode>();
        for (var next = "/profiles?limit=3"; next is not null; )
        {
            var page = await client.GetFromJsonAsync<JsonNode>(next);
            Assert.InRange(page!["profiles"]!.AsArray().Count, 1, 3);
            listed.AddRange(page["profiles"]!.AsArray().Select(profile => profile!));
            next = (string?)page["next"];
        }

        Assert.Equal(added.Select(state => state.Id.ToString()).Order(), listed.Select(profile => (string?)profile["id"]));
        Assert.Equal(
            added.OrderByDescending(state => state.CreatedAt.ToUnixTimeMilliseconds()).First().CreatedAt.ToUnixTimeMilliseconds(),
            DateTimeOffset.Parse((string)listed[0]["createdAt"]!).ToUnixTimeMilliseconds()
        );
    }

    [Fact]
    public async Task A_deleted_profile_is_gone_with_its_file()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        using var accepted = await client.PostAsync("/profiles", TestApi.Csv());
        var address = accepted.Headers.Location;

        using var deletion = await client.DeleteAsync(address);
        using var again = await client.DeleteAsync(address);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deletion.StatusCode, again.StatusCode));
        Assert.Empty((await aws.S3.ListObjectsV2Async(new() { BucketName = api.Resources.Bucket, Prefix = "profiles/" })).S3Objects ?? []);
        Assert.Empty((await client.GetFromJsonAsync<JsonNode>("/profiles"))!["profiles"]!.AsArray());
    }

    [Fact]
    public async Task A_last_attempt_that_is_not_heard_of_any_more_has_failed()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;
        var longAgo = DateTimeOffset.UtcNow.AddHours(-1);
        await api.Store.UpdateAsync(
            id,
            known: null,
            state => state with { Status = ProfileStatus.Running, Attempt = new ProfileAttempt(3, 3, longAgo, longAgo.AddMinutes(1)) },
            CancellationToken.None
        );

        var profile = await client.GetFromJsonAsync<JsonNode>($"/profiles/{id}?wait=60");
        Assert.Equal("failed", (string?)profile!["state"]);
        Assert.Contains("dead-letter queue", (string?)profile["error"]);
    }
}
