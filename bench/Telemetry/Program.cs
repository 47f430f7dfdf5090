// What telemetry costs the api: requests a second and start to first healthy answer, exported by OTLP to a receiver on the loopback, beside
// the same with the SDK switched off, in one run. It is the api as its image has it: published, with native code. The sides take turns of a
// second, so that what else the machine does hits both, and a ratio is the median of those of neighbouring turns. No two processes are
// compiled alike, so both sides are started anew each round, and requests are counted once the just-in-time compiler has come to rest. It
// ends within three minutes: without arguments a busy machine does with fewer starts and requests before. `long` is the run whose figures
// are worth keeping, of some ten. dotnet run -c Release --project bench/Telemetry -- [long | turns a process, 8] [rounds, 1] [starts, 9]
// [requests before, 20000]
using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Profiles;

int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index]) : otherwise;
var (turns, rounds, starts, warmUp) = args is ["long"]
    ? (20, 3, 41, 150_000)
    : (Argument(0, 8), Argument(1, 1), Argument(2, 9), Argument(3, 20_000));
var turnLength = TimeSpan.FromSeconds(1);
var startsLimit = args is [] ? TimeSpan.FromSeconds(45) : TimeSpan.MaxValue;
var warmUpLimit = args is [] ? TimeSpan.FromSeconds(12) : TimeSpan.MaxValue;
const int AtOnce = 16;

await ServiceProcess.PublishAsync("Api");
await using var receiver = await Receiver.StartAsync();
var (aws, _) = await ServiceProcess.StartAsync("LocalAws", "/", new Dictionary<string, string> { ["LocalAws__InMemory"] = "true" });
await using var emulator = aws;
var endpoint = aws.Client.BaseAddress!.OriginalString;
var credentials = new BasicAWSCredentials("local", "local");
using var s3 = new AmazonS3Client(
    credentials,
    new AmazonS3Config
    {
        ServiceURL = endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
    }
);
using var sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" });
await s3.PutBucketAsync("datasets");
var queue = (await sqs.CreateQueueAsync("jobs")).QueueUrl;
var now = DateTimeOffset.UtcNow;
var queued = new ProfileState
{
    Id = ProfileId.New(TimeProvider.System),
    Status = ProfileStatus.Queued,
    CreatedAt = now,
    UpdatedAt = now,
    Size = 17,
};
await new ProfileStore(s3, new ProfileResources("datasets", queue)).CreateAsync(queued, CancellationToken.None);

var application = new Dictionary<string, string>
{
    ["AWS_ENDPOINT_URL"] = endpoint,
    ["AWS_ACCESS_KEY_ID"] = "local",
    ["AWS_SECRET_ACCESS_KEY"] = "local",
    ["AWS_REGION"] = "us-east-1",
    ["AWS__Resources__datasets__BucketName"] = "datasets",
    ["AWS__Resources__jobs__QueueUrl"] = queue,
    // The second load is the redirect to Scalar.
    ["Api__AllowAnonymous"] = "true",
    ["Api__ShowDescription"] = "true",
    ["Api__RequestsPerSecond"] = "1000000",
};
var off = new Dictionary<string, string>(application) { ["OTEL_SDK_DISABLED"] = "true" };
var on = new Dictionary<string, string>(application)
{
    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
    ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
};

Console.WriteLine($"{"", -50}{"off", 12}{"on", 12}{"on / off", 12}");
await CompareStartsAsync();
await CompareRatesAsync(("a read of S3", $"/profiles/{queued.Id}"), ("no more than the framework", "/"));

Console.WriteLine($"{receiver.Bytes / 1024.0 / 1024:N1} MB of telemetry came to the receiver.");
return;

async Task CompareStartsAsync()
{
    List<(double Time, double Processor)> without = [],
        with = [];
    var watch = Stopwatch.StartNew();
    // The first of each reads files that the others find in memory.
    for (var start = -1; start < starts && (start < 1 || watch.Elapsed < startsLimit); start++)
    {
        foreach (var side in Order(without, with, start))
        {
            var (process, time) = await ServiceProcess.StartAsync("Api", "/health", side == with ? on : off);
            if (start >= 0)
                side.Add((time.TotalMilliseconds, process.ProcessorTime.TotalMilliseconds));
            await process.DisposeAsync();
        }
    }

    if (with.Count < starts)
        Console.WriteLine($"After {startsLimit.TotalSeconds:N0} s: {with.Count} starts of {starts}.");
    Print("ms to the first healthy answer", without.Select(start => start.Time), with.Select(start => start.Time));
    Print("processor ms to the first healthy answer", without.Select(start => start.Processor), with.Select(start => start.Processor));
}

async Task CompareRatesAsync(params (string What, string Path)[] loads)
{
    var measured = loads.ToDictionary(
        load => load.What,
        _ => (Off: new List<(double Rate, double Processor)>(), On: new List<(double Rate, double Processor)>())
    );
    for (var round = 0; round < rounds; round++)
    {
        await using var without = (await ServiceProcess.StartAsync("Api", "/health", off)).Process;
        await using var with = (await ServiceProcess.StartAsync("Api", "/health", on)).Process;
        foreach (var (what, path) in loads)
        {
            foreach (var process in (ServiceProcess[])[without, with])
            {
                var before = Stopwatch.StartNew();
                await LoadAsync(process, path, (elapsed, count) => count < warmUp && elapsed < warmUpLimit);
                if (before.Elapsed >= warmUpLimit)
                    Console.WriteLine($"{what}: too busy for {warmUp} requests before, so not all was compiled. `long` waits for it.");
            }
            for (var turn = 0; turn < turns; turn++)
            {
                foreach (var process in Order(without, with, turn))
                {
                    (process == with ? measured[what].On : measured[what].Off).Add(
                        await LoadAsync(process, path, (elapsed, _) => elapsed < turnLength)
                    );
                }
            }
        }
    }

    foreach (var (what, (without, with)) in measured)
    {
        Print($"requests/s, {what}", without.Select(load => load.Rate), with.Select(load => load.Rate));
        Print($"processor us/request, {what}", without.Select(load => load.Processor), with.Select(load => load.Processor));
    }
}

async Task<(double Rate, double Processor)> LoadAsync(ServiceProcess process, string path, Func<TimeSpan, long, bool> goesOn)
{
    var (watch, processor, count) = (Stopwatch.StartNew(), process.ProcessorTime, 0L);
    await Task.WhenAll(
        Enumerable
            .Range(0, AtOnce)
            .Select(async _ =>
            {
                while (goesOn(watch.Elapsed, Interlocked.Read(ref count)))
                {
                    using var response = await process.Client.GetAsync(path);
                    if ((int)response.StatusCode >= 400)
                        throw new InvalidOperationException($"{path} was answered with {(int)response.StatusCode}.");
                    Interlocked.Increment(ref count);
                }
            })
    );
    return (count / watch.Elapsed.TotalSeconds, (process.ProcessorTime - processor).TotalMicroseconds / count);
}

// Which goes first changes.
T[] Order<T>(T without, T with, int turn) => turn % 2 == 0 ? [without, with] : [with, without];

void Print(string what, IEnumerable<double> without, IEnumerable<double> with) =>
    Console.WriteLine($"{what, -50}{Median(without), 12:N0}{Median(with), 12:N0}{Median(with.Zip(without, (on, off) => on / off)), 12:P1}");

double Median(IEnumerable<double> values) => values.Order().ToList() is var ordered ? ordered[ordered.Count / 2] : 0;
