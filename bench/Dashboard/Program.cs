// What the dashboard takes in, and what it costs: spans and log records a second of one core, with a page open, beside a server that decodes
// the same requests and drops them; memory while more is offered than is kept; and how soon the first page answers.
//   dotnet run -c Release --project bench/Dashboard -- [spans offered, 1000000] [log records offered, 1000000]
using System.Diagnostics;
using Bench;

if (args is ["serve", var what])
{
    await Server.RunAsync(what);
    return;
}

var spans = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;
var logs = args.Length > 1 ? int.Parse(args[1]) : 1_000_000;

Console.WriteLine($"{"",-44}{"dashboard",14}{"decode, drop",14}{"of it",8}");
await using var dashboard = await ServerProcess.StartAsync("dashboard");
await using var baseline = await ServerProcess.StartAsync("drop");
await using var page = await OpenPage.TryOpenAsync(new Uri(dashboard.Frontend, "traces"));
Console.WriteLine($"{"process start to first page, ms",-44}{dashboard.FirstPage.TotalMilliseconds,14:N0}");
Console.WriteLine($"{"of that the dashboard's own start, ms",-44}{dashboard.OwnStart.TotalMilliseconds,14:N0}");
Console.WriteLine($"{"processor time until then, ms",-44}{dashboard.FirstPageCost.TotalMilliseconds,14:N0}");

var atStart = await dashboard.MemoryAsync();
Console.WriteLine($"{"memory at start, MiB (heap / process)",-44}{Text(atStart),14}");
await CompareAsync("spans a second and core", "v1/traces", spans, Requests.Spans, "spans");
await CompareAsync("log records a second and core", "v1/logs", logs, Requests.Logs, "log records");
Console.WriteLine(page is null ? "No page was open: there is no /usr/bin/chromium." : $"The page said last: {await page.StatusAsync()}");
return;

async Task CompareAsync(string title, string path, int count, Func<int, byte[]> request, string items)
{
    // The first requests compile what the others run.
    await SendAsync(dashboard, path, Math.Min(count, 50_000), request);
    await SendAsync(baseline, path, Math.Min(count, 50_000), request);
    var theirs = await SendAsync(baseline, path, count, request);
    var (rate, wall) = (0d, TimeSpan.Zero);
    var memory = new List<string>();
    var cost = TimeSpan.Zero;
    for (var part = 1; part <= 4; part++)
    {
        var (_, taken, processor) = await SendAsync(dashboard, path, count / 4, request);
        wall += taken;
        cost += processor;
        memory.Add(Text(await dashboard.MemoryAsync()));
    }

    rate = count / cost.TotalSeconds;
    Console.WriteLine($"{title,-44}{rate,14:N0}{theirs.Rate,14:N0}{rate / theirs.Rate,8:P0}");
    Console.WriteLine($"{$"  {items} a second, as sent",-44}{count / wall.TotalSeconds,14:N0}{count / theirs.Wall.TotalSeconds,14:N0}");
    Console.WriteLine($"  memory, MiB (heap / process), after each quarter of {count:N0}: {string.Join(", ", memory)}");
}

async Task<(double Rate, TimeSpan Wall, TimeSpan Processor)> SendAsync(ServerProcess server, string path, int count, Func<int, byte[]> request)
{
    var requests = Enumerable.Range(0, Math.Max(1, count / Requests.ItemsPerRequest));
    var processor = server.ProcessorTime;
    var clock = Stopwatch.StartNew();
    await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, cancellationToken) =>
    {
        using var content = new ByteArrayContent(request(Requests.ItemsPerRequest));
        content.Headers.ContentType = new("application/x-protobuf");
        using var response = await server.Client.PostAsync(new Uri(server.Otlp, path), content, cancellationToken);
        response.EnsureSuccessStatusCode();
    });
    var used = server.ProcessorTime - processor;
    return (requests.Count() * (double)Requests.ItemsPerRequest / used.TotalSeconds, clock.Elapsed, used);
}

static string Text((long Heap, long Process) memory) => $"{memory.Heap >> 20:N0} / {memory.Process >> 20:N0}";
