using System.Net;
using Testing;

namespace Api.Tests.Faults;

public sealed class RequestLimitTests(AwsEmulator aws)
{
    [Fact]
    public async Task A_caller_that_asks_too_often_is_told_when_to_go_on()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:RequestsPerSecond", "5"));
        using var client = api.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => client.GetAsync("/profiles?limit=1")));

        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(refused.Count, 20, 50);
        Assert.All(refused, answer => Assert.NotNull(answer.Headers.RetryAfter?.Delta));
        Assert.All(refused, answer => Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType));
        Assert.All(answers.Except(refused), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var health = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        // It passes by itself.
        await Eventually.GetAsync(
            async () => (await client.GetAsync("/profiles?limit=1")).IsSuccessStatusCode ? "" : null,
            "it may ask again"
        );
    }

    [Fact]
    public async Task Strangers_use_up_nothing_of_what_the_caller_may_ask()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:RequestsPerSecond", "5"));
        using var stranger = api.Stranger();
        using var client = api.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => stranger.GetAsync("/profiles?limit=1")));

        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.TooManyRequests);
        using var response = await client.GetAsync("/profiles?limit=1");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task More_at_a_time_than_it_can_hold_is_refused_and_health_is_still_answered()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:RequestsAtOnce", "3"));
        using var client = api.Client();
        var id = (await api.AddAsync()).Id;
        using var end = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 4).Select(_ => client.GetAsync($"/profiles/{id}?wait=50", end.Token)).ToList();

        var refused = await Task.WhenAny(waiting);
        using var answer = await refused;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        using var health = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting.Except([refused])));
        await Eventually.GetAsync(
            async () => (await client.GetAsync("/profiles?limit=1")).IsSuccessStatusCode ? "" : null,
            "there is room again"
        );
    }
}
