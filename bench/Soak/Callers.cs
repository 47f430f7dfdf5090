using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

/// <summary>Callers of every kind. Whatever happens behind the API, each gets an answer in time.</summary>
internal sealed class Callers(string api, Figures figures)
{
    private static readonly TimeSpan ForAnAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ForAnUpload = TimeSpan.FromMinutes(3);

    private readonly HttpClient _client = new()
    {
        BaseAddress = new Uri(api),
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "X-Api-Key", "soak" } },
    };
    private int _seed;

    /// <summary>What was accepted, and the rows that it has.</summary>
    public ConcurrentDictionary<string, long> Accepted { get; } = new();

    /// <summary>What was seen done.</summary>
    public ConcurrentQueue<string> Done { get; } = [];

    public int Outstanding => Accepted.Count - Done.Count;

    /// <summary>Sends files of 1 KB to 100 MB, small ones more often, and waits for each.</summary>
    public async Task UploadAsync(int? bytesPerSecond, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var random = new Random(Interlocked.Increment(ref _seed));
            var bytes = bytesPerSecond is null ? (long)(1000 * Math.Pow(100_000, random.NextDouble())) : random.Next(20_000, 400_000);
            await RestAsync(TimeSpan.FromMilliseconds(random.Next(50, 1000)), end);
            while (Outstanding > 30 && !end.IsCancellationRequested)
                await RestAsync(TimeSpan.FromMilliseconds(200), end);
            if (end.IsCancellationRequested)
                return;
            using var csv = new CsvContent(bytes, bytesPerSecond, _seed);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/profiles") { Content = csv };
            // A refusal may come before the file is sent.
            request.Headers.ExpectContinue = true;
            var (status, body) = await AskAsync(bytesPerSecond is null ? "upload" : "slow upload", request, ForAnUpload);
            figures.Sent(csv.Bytes);
            if (status is not 202)
                continue;
            var id = (string)JsonNode.Parse(body)!["id"]!;
            Accepted[id] = csv.Rows;
            await WaitAsync(id, end);
        }
    }

    /// <summary>Asks until a profile is done, with long polls.</summary>
    public async Task WaitAsync(string id, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/profiles/{id}?wait=20");
            var (status, body) = await AskAsync("long poll", request, ForAnAnswer);
            if (status is 404)
                figures.Fault($"accepted and gone: {id}");
            if (status is 404)
                return;
            if (status is not 200)
            {
                await RestAsync(TimeSpan.FromMilliseconds(500), end);
                continue;
            }

            var profile = JsonNode.Parse(body)!;
            if ((string?)profile["state"] is "failed")
                figures.Fault($"accepted and failed: {id}: {profile["error"]}");
            if ((string?)profile["state"] is not ("done" or "failed"))
                continue;
            if ((string?)profile["state"] is "done" && (long?)profile["profile"]?["rows"] != Accepted[id])
                figures.Fault($"a wrong result: {id}: {profile["profile"]?["rows"]} rows, not {Accepted[id]}");
            Done.Enqueue(id);
            return;
        }
    }

    /// <summary>Reads results at 20 KB in a second.</summary>
    public async Task ReadSlowlyAsync(CancellationToken end)
    {
        var buffer = new byte[4000];
        while (!end.IsCancellationRequested)
        {
            await RestAsync(TimeSpan.FromMilliseconds(500), end);
            if (Done.LastOrDefault() is not { } id)
                continue;
            var watch = Stopwatch.StartNew();
            try
            {
                using var deadline = new CancellationTokenSource(ForAnAnswer);
                using var response = await _client.GetAsync($"/profiles/{id}", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
                figures.Answered("slow read", (int)response.StatusCode, watch.Elapsed);
                await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
                while (await body.ReadAsync(buffer, deadline.Token) > 0)
                    await Task.Delay(200, deadline.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The emulator was killed while it was read: broken off is an answer, half a result that looks whole is none.
                figures.Answered("slow read broken off", 0, watch.Elapsed);
            }
            catch (OperationCanceledException)
            {
                figures.Fault($"no answer in time: slow read of {id}");
            }
        }
    }

    private async Task<(int Status, string Body)> AskAsync(string what, HttpRequestMessage request, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var deadline = new CancellationTokenSource(limit);
            using var response = await _client.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsStringAsync(deadline.Token);
            figures.Answered(what, (int)response.StatusCode, watch.Elapsed);
            return ((int)response.StatusCode, body);
        }
        catch (OperationCanceledException)
        {
            figures.Fault($"no answer in time: {what}, {limit.TotalSeconds:N0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // A result that breaks off because the emulator was killed is as it should be. Nothing else is.
            if (
                exception
                    is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown }
                        or IOException
                && what is "long poll"
            )
                figures.Answered("long poll broken off", 0, watch.Elapsed);
            else
                figures.Fault($"no answer: {what}: {exception.Message} {exception.InnerException?.Message}");
        }

        return (0, "");
    }

    private static Task RestAsync(TimeSpan time, CancellationToken end) =>
        ((Task)Task.Delay(time, end)).ContinueWith(
            _ => { },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
