// From the start of the built AppHost's process until all three projects are healthy, with Aspire's orchestrator and dashboard: the
// reference application beside an AppHost with the same projects and no AWS parts of ours, once in the same order (api and worker wait
// until the emulator is healthy) and once all at the same time. In turns, medians, of as many rounds as two minutes have, or of those asked
// for. dotnet run -c Release --project bench/Start -- [rounds]
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

if (args is ["measure", var name, var data])
{
    await MeasureAsync(name, data);
    return;
}

int? asked = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : null;
var watch = Stopwatch.StartNew();
string[] models = ["reference", "waits", "at-once"];
var seconds = models.ToDictionary(model => model, _ => new List<double>());
var folder = Directory.CreateTempSubdirectory("bench-start-");

// The first round reads files from the disk that later ones have in memory.
var rounds = 0;
for (var round = 0; round <= 1 || (asked is { } count ? round <= count : watch.Elapsed < TimeSpan.FromMinutes(2)); round++)
{
    rounds = round;
    foreach (var model in models)
    {
        var measured = await StartAsync(model, Path.Combine(folder.FullName, $"{model}-{round}"));
        if (round > 0)
            seconds[model].Add(measured);
    }
}
folder.Delete(recursive: true);

var reference = Median(seconds["reference"]);
Console.WriteLine($"{"", -46}{"median", 8}{"", 4}fastest to slowest of {rounds}");
Print("the reference application", "reference");
Print("Aspire alone, in the same order", "waits");
Print("Aspire alone, all at the same time", "at-once");
return;

void Print(string title, string model)
{
    var median = Median(seconds[model]);
    var ratio = model == "reference" ? "" : $"   the reference takes {reference / median:F2} times as long";
    Console.WriteLine($"{title, -46}{median, 6:F2} s    {seconds[model].Min():F2} to {seconds[model].Max():F2} s{ratio}");
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static async Task<double> StartAsync(string model, string data)
{
    using var process = Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ["measure", model, data]) { RedirectStandardOutput = true }
    )!;
    using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
    try
    {
        // Not to the end of its output: what it started holds that too, and may live on for a moment.
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (!line.StartsWith(Healthy, StringComparison.Ordinal))
                continue;
            await process.WaitForExitAsync(deadline.Token);
            return double.Parse(line[Healthy.Length..], CultureInfo.InvariantCulture);
        }
    }
    catch (OperationCanceledException)
    {
        throw new TimeoutException($"{model} was not healthy, or not stopped, within a minute.");
    }
    finally
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    throw new InvalidOperationException($"{model} ended before it was healthy.");
}

static async Task MeasureAsync(string model, string data)
{
    string[] arguments =
    [
        "--Parameters:api-key=bench",
        $"--LocalAws:DataPath={data}",
        $"--Start:Waits={(model == "waits" ? "true" : "false")}",
    ];
    var builder =
        model == "reference"
            ? await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments, (options, _) =>
                options.DisableDashboard = false
            )
            : await DistributedApplicationTestingBuilder.CreateAsync<Projects.Start_AppHost>(arguments, (options, _) =>
                options.DisableDashboard = false
            );
    builder.Services.AddLogging(logging => logging.ClearProviders());
    await using var app = await builder.BuildAsync();
    await app.StartAsync();
    foreach (var resource in new[] { "aws", "api", "worker" })
        await app.ResourceNotifications.WaitForResourceHealthyAsync(resource);
    using var self = Process.GetCurrentProcess();
    Console.WriteLine(Healthy + (DateTime.Now - self.StartTime).TotalSeconds.ToString(CultureInfo.InvariantCulture));
}

internal static partial class Program
{
    private const string Healthy = "healthy after seconds: ";
}
