using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>A server in a process of its own, so that its processor time and memory are its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri frontend, Uri otlp, TimeSpan ownStart) =>
        (_process, Frontend, Otlp, OwnStart) = (process, frontend, otlp, ownStart);

    public Uri Frontend { get; }

    public Uri Otlp { get; }

    /// <summary>What the server itself took to start.</summary>
    public TimeSpan OwnStart { get; }

    /// <summary>From the start of the process to the first page.</summary>
    public TimeSpan FirstPage { get; private set; }

    /// <summary>The processor time that it took: what the machine does besides is not in it.</summary>
    public TimeSpan FirstPageCost { get; private set; }

    public HttpClient Client { get; } = new();

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(string what)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(what);
        var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"'{what}' did not start.")).Split(' ');
        var server = new ServerProcess(process, new Uri(words[0]), new Uri(words[1]), TimeSpan.FromMilliseconds(double.Parse(words[2], CultureInfo.InvariantCulture)));
        using var page = await server.Client.GetAsync(server.Frontend);
        page.EnsureSuccessStatusCode();
        await page.Content.ReadAsByteArrayAsync();
        server.FirstPage = clock.Elapsed;
        server.FirstPageCost = server.ProcessorTime;
        return server;
    }

    /// <summary>What is reachable on the heap, and what the process has of memory, in bytes.</summary>
    public async Task<(long Heap, long Process)> MemoryAsync()
    {
        await _process.StandardInput.WriteLineAsync("memory");
        var words = (await _process.StandardOutput.ReadLineAsync())!.Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
