using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Testing;

namespace Api.Tests.Faults;

/// <summary>Callers on bad lines, and such as pretend to be: they cost others nothing.</summary>
public sealed class SlowClientTests(AwsEmulator aws)
{
    private const long Megabyte = 1_000_000;
    private const long MostMemory = 250 * Megabyte;

    [Fact]
    public async Task Slow_senders_do_not_stop_other_uploads()
    {
        await using var api = await ApiProcess.StartAsync(await aws.CreateResourcesAsync(), aws.Url);
        var slow = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => SlowClient.PostAsync(api.Address, bytes: 300_000)));
        using var end = new CancellationTokenSource();
        var trickling = slow.Select(client => client.TrickleAsync(bytes: 1000, end.Token)).ToArray();

        await AssertUploadsAsync(api);

        Assert.All(trickling, client => Assert.False(client.IsCompleted));
        await EndAsync(slow, trickling, end);
    }

    [Fact]
    public async Task Senders_that_fill_the_memory_and_stop_give_way()
    {
        await using var api = await ApiProcess.StartAsync(await aws.CreateResourcesAsync(), aws.Url);
        var slow = await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => SlowClient.PostAsync(api.Address, bytes: 4_500_000)));
        using var end = new CancellationTokenSource();
        var trickling = slow.Select(client => client.TrickleAsync(bytes: 1000, end.Token)).ToArray();

        await AssertUploadsAsync(api);

        var answer = await await Task.WhenAny(trickling).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("HTTP/1.1 503", answer);
        Assert.Contains("Retry-After: 10", answer);
        Assert.InRange(api.PeakWorkingSet, 0, MostMemory);
        await EndAsync(slow, trickling, end);
    }

    [Fact]
    public async Task A_sender_that_takes_too_long_for_a_part_is_told_so()
    {
        await using var api = await ApiProcess.StartAsync(await aws.CreateResourcesAsync(), aws.Url, ("Api__PartTimeout", "00:00:03"));
        await using var slow = await SlowClient.PostAsync(api.Address, bytes: 1000);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var answer = await slow.TrickleAsync(bytes: 10_000, deadline.Token);

        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Contains("The file came too slowly", answer);
    }

    [Fact]
    public async Task Where_no_memory_comes_free_in_time_an_upload_is_answered_so()
    {
        await using var faulty = await FaultyAws.StartAsync(aws.Url);
        await using var api = await ApiProcess.StartAsync(await aws.CreateResourcesAsync(), faulty.Url);
        using var client = api.Client();
        faulty.Decide = request => request.Query.ContainsKey("partNumber") ? new Fault { StallsUpload = true } : Fault.None;
        using var end = new CancellationTokenSource();
        // Each has one part with S3, which does not take it, and the next in hand.
        var file = new string('x', 20 << 20);
        var stuck = Enumerable.Range(0, 8).Select(_ => client.PostAsync("/profiles", TestApi.Csv(file), end.Token)).ToArray();
        await Eventually.GetAsync(
            () => Task.FromResult(faulty.Calls.Count(call => call.Contains("partNumber", StringComparison.Ordinal)) >= 3 ? "" : null),
            "S3 has parts"
        );

        // Who is told is whoever waits, of those that are stuck or of those that come: the others go on.
        var response = await Eventually.GetAsync(
            async () =>
            {
                var come = await client.PostAsync("/profiles", TestApi.Csv());
                return stuck
                    .Where(one => one.IsCompletedSuccessfully)
                    .Select(one => one.Result)
                    .Append(come)
                    .FirstOrDefault(answer => !answer.IsSuccessStatusCode);
            },
            "An upload was refused"
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter?.Delta);
        Assert.InRange(api.PeakWorkingSet, 0, MostMemory);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(stuck));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    public async Task Slow_readers_of_a_large_result_take_little_memory_and_others_read_on(string accept)
    {
        await using var fixture = new FaultyApi(aws);
        await fixture.InitializeAsync();
        var api = fixture.Process;
        var large = await fixture.AddDoneAsync(columns: 20_000);
        var small = await fixture.AddDoneAsync(columns: 1);
        var slow = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => SlowClient.GetAsync(api.Address, $"/profiles/{large}", accept)));
        // Pages are made a few at a time; who waits too long for that is told so.
        var answers = await Task.WhenAll(slow.Select(client => client.ReadAsync(CancellationToken.None)));
        Assert.All(answers, answer => Assert.Matches("^HTTP/1.1 (200|503)", answer));
        Assert.Contains(answers, answer => answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal));

        using var client = api.Client();
        client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        var watch = Stopwatch.StartNew();
        using var response = await client.GetAsync($"/profiles/{small}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        using var again = await client.GetAsync($"/profiles/{large}", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await using var body = await again.Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null);
        Assert.InRange(api.PeakWorkingSet, 0, MostMemory);
        foreach (var reader in slow)
            await reader.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_that_hardly_reads_is_cut_off()
    {
        await using var fixture = new FaultyApi(aws);
        await fixture.InitializeAsync();
        var large = await fixture.AddDoneAsync(columns: 20_000);
        await using var slow = await SlowClient.GetAsync(fixture.Process.Address, $"/profiles/{large}", "application/json");
        Assert.StartsWith("HTTP/1.1 200", await slow.ReadAsync(CancellationToken.None));
        Assert.Equal(1, fixture.Faulty.UnderWay);

        await Eventually.GetAsync(() => Task.FromResult(fixture.Faulty.UnderWay is 0 ? "" : null), "what it keeps from S3 is given up");
    }

    private static async Task AssertUploadsAsync(ApiProcess api)
    {
        using var client = api.Client();
        foreach (var size in new[] { 1000, 30 << 20 })
        {
            var watch = Stopwatch.StartNew();
            using var response = await client.PostAsync("/profiles", TestApi.Csv(new string('x', size)));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }
    }

    private static async Task EndAsync(SlowClient[] clients, Task<string>[] trickling, CancellationTokenSource end)
    {
        await end.CancelAsync();
        await ((Task)Task.WhenAll(trickling)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in clients)
            await client.DisposeAsync();
    }
}
