// What telemetry costs the api: requests a second and start to first healthy answer, exported by OTLP to a receiver on the loopback, beside
// the same with the SDK switched off, in one run. The sides take turns, so that what else the machine does hits both, and are started anew
// each round, since no two processes are compiled alike: what is printed is the median of all turns.
//   dotnet run -c Release --project bench/Telemetry -- [seconds a turn, 3] [rounds of two turns, 5] [starts, 15]
using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Profiles;

var turnLength = TimeSpan.FromSeconds(args.Length > 0 ? double.Parse(args[0]) : 3);
var rounds = args.Length > 1 ? int.Parse(args[1]) : 5;
var starts = args.Length > 2 ? int.Parse(args[2]) : 15;
const int AtOnce = 16;
const int Turns = 2;
const int WarmUp = 25_000;

await using var receiver = await Receiver.StartAsync();
var (aws, _) = await ServiceProcess.StartAsync("LocalAws", "/", new Dictionary<string, string> { ["LocalAws__InMemory"] = "true" });
await using var emulator = aws;
var endpoint = aws.Client.BaseAddress!.OriginalString;
var credentials = new BasicAWSCredentials("local", "local");
using var s3 = new AmazonS3Client(credentials, new AmazonS3Config { ServiceURL = endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
using var sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" });
await s3.PutBucketAsync("datasets");
var queue = (await sqs.CreateQueueAsync("jobs")).QueueUrl;
var now = DateTimeOffset.UtcNow;
var queued = new ProfileState { Id = ProfileId.New(TimeProvider.System), Status = ProfileStatus.Queued, CreatedAt = now, UpdatedAt = now, Size = 17 };
await new ProfileStore(s3, new ProfileResources("datasets", queue)).CreateAsync(queued, CancellationToken.None);

var application = new Dictionary<string, string>
{
    ["AWS_ENDPOINT_URL"] = endpoint, ["AWS_ACCESS_KEY_ID"] = "local", ["AWS_SECRET_ACCESS_KEY"] = "local", ["AWS_REGION"] = "us-east-1",
    ["AWS__Resources__datasets__BucketName"] = "datasets", ["AWS__Resources__jobs__QueueUrl"] = queue,
};
var off = new Dictionary<string, string>(application) { ["OTEL_SDK_DISABLED"] = "true" };
var on = new Dictionary<string, string>(application) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc" };

Console.WriteLine($"{"",-50}{"off",12}{"on",12}{"on / off",12}");
await CompareStartsAsync();
await CompareRatesAsync(("a read of S3", $"/profiles/{queued.Id}"), ("no more than the framework", "/"));

Console.WriteLine($"{receiver.Bytes / 1024.0 / 1024:N1} MB of telemetry came to the receiver.");
return;

async Task CompareStartsAsync()
{
    var measured = new Dictionary<IReadOnlyDictionary<string, string>, List<(double Time, double Processor)>> { [off] = [], [on] = [] };
    // The first of each reads files that the others find in memory.
    for (var start = -1; start < starts; start++)
    {
        foreach (var variables in start % 2 == 0 ? [off, on] : (Dictionary<string, string>[])[on, off])
        {
            var (process, time) = await ServiceProcess.StartAsync("Api", "/health", variables);
            if (start >= 0) measured[variables].Add((time.TotalMilliseconds, process.ProcessorTime.TotalMilliseconds));
            await process.DisposeAsync();
        }
    }

    Print("ms to the first healthy answer", Median(measured[off].Select(start => start.Time)), Median(measured[on].Select(start => start.Time)));
    Print("processor ms to the first healthy answer", Median(measured[off].Select(start => start.Processor)), Median(measured[on].Select(start => start.Processor)));
}

async Task CompareRatesAsync(params (string What, string Path)[] loads)
{
    var measured = loads.ToDictionary(load => load.What, _ => (Off: new List<(double Rate, double Processor)>(), On: new List<(double Rate, double Processor)>()));
    for (var round = 0; round < rounds; round++)
    {
        await using var without = (await ServiceProcess.StartAsync("Api", "/health", off)).Process;
        await using var with = (await ServiceProcess.StartAsync("Api", "/health", on)).Process;
        foreach (var (what, path) in loads)
        {
            // Until the just-in-time compiler has little more to do: a side with more code would pay for it in its turns.
            foreach (var process in (ServiceProcess[])[without, with]) await LoadAsync(process, path, (_, count) => count < WarmUp);
            for (var turn = round; turn < round + Turns; turn++)
            {
                // Which goes first changes, too.
                foreach (var process in turn % 2 == 0 ? [without, with] : (ServiceProcess[])[with, without])
                {
                    (process == with ? measured[what].On : measured[what].Off).Add(await LoadAsync(process, path, (elapsed, _) => elapsed < turnLength));
                }
            }
        }
    }

    foreach (var (what, (without, with)) in measured)
    {
        Print($"requests/s, {what}", Median(without.Select(load => load.Rate)), Median(with.Select(load => load.Rate)));
        Print($"processor us/request, {what}", Median(without.Select(load => load.Processor)), Median(with.Select(load => load.Processor)));
    }
}

async Task<(double Rate, double Processor)> LoadAsync(ServiceProcess process, string path, Func<TimeSpan, long, bool> goesOn)
{
    var (watch, processor, count) = (Stopwatch.StartNew(), process.ProcessorTime, 0L);
    await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        while (goesOn(watch.Elapsed, Interlocked.Read(ref count)))
        {
            using var response = await process.Client.GetAsync(path);
            if ((int)response.StatusCode >= 400) throw new InvalidOperationException($"{path} was answered with {(int)response.StatusCode}.");
            Interlocked.Increment(ref count);
        }
    }));
    return (count / watch.Elapsed.TotalSeconds, (process.ProcessorTime - processor).TotalMicroseconds / count);
}

void Print(string what, double without, double with) => Console.WriteLine($"{what,-50}{without,12:N0}{with,12:N0}{with / without,12:P1}");

double Median(IEnumerable<double> values) => values.Order().ToList() is var ordered ? ordered[ordered.Count / 2] : 0;
