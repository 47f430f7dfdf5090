// Callers of every kind at once while worker and emulator are killed at random: files of 1 KB to 100 MB, slow senders, slow readers, long
// polls. It ends with 1 where a request had no answer within its deadline, something accepted was lost or failed, a result was written
// twice, or api or worker had more than 250 MB. dotnet run -c Release --project bench/Soak -- [minutes, 2] [seed] [few] `few` has a third
// of the callers: what the tests run, beside others.
using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

const long MostMemory = 250_000_000;
var length = TimeSpan.FromMinutes(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2);
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.TickCount;
var share = args.Length > 2 && args[2] is "few" ? 3 : 1;
Console.WriteLine($"{length.TotalMinutes} minutes, seed {seed}");

var data = Directory.CreateTempSubdirectory("soak-");
var figures = new Figures();
await using var aws = new Service("LocalAws", new Dictionary<string, string> { ["LocalAws__DataPath"] = data.FullName });
aws.Start();
await aws.WaitAsync("/health", TimeSpan.FromSeconds(30));
var credentials = new BasicAWSCredentials("local", "local");
using var s3 = new AmazonS3Client(
    credentials,
    new AmazonS3Config
    {
        ServiceURL = aws.Address,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
    }
);
using var sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = aws.Address, AuthenticationRegion = "us-east-1" });
await s3.PutBucketAsync("datasets");
var dead = (await sqs.CreateQueueAsync("dead")).QueueUrl;
var arn = (await sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).QueueARN;

// Every kill may hit the same job.
var queue = (
    await sqs.CreateQueueAsync(
        new CreateQueueRequest
        {
            QueueName = "jobs",
            Attributes = new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":"1000"}""" },
        }
    )
).QueueUrl;

var variables = new Dictionary<string, string>
{
    ["AWS_ENDPOINT_URL"] = aws.Address,
    ["AWS_ACCESS_KEY_ID"] = "local",
    ["AWS_SECRET_ACCESS_KEY"] = "local",
    ["AWS_REGION"] = "us-east-1",
    ["AWS__Resources__datasets__BucketName"] = "datasets",
    ["AWS__Resources__jobs__QueueUrl"] = queue,
    ["OTEL_SDK_DISABLED"] = "true",
    ["Api__Key"] = "soak",
    ["Worker__VisibilityTimeout"] = "00:00:05",
};
await using var api = new Service("Api", variables);
await using var worker = new Service("Worker", variables);
api.Start();
worker.Start();
await api.WaitAsync("/health", TimeSpan.FromSeconds(30));

using var end = new CancellationTokenSource(length);
using var over = new CancellationTokenSource();
var callers = new Callers(api.Address, figures);
var looking = LookAsync();
var killing = KillAsync();
await Task.WhenAll([
    .. Enumerable.Range(0, 6 / share).Select(_ => callers.UploadAsync(bytesPerSecond: null, end.Token)),
    .. Enumerable.Range(0, 15 / share).Select(_ => callers.UploadAsync(bytesPerSecond: 10_000, end.Token)),
    .. Enumerable.Range(0, 6 / share).Select(_ => callers.ReadSlowlyAsync(end.Token)),
]);
var kills = await killing;

// What was accepted comes to its end now that nothing is killed any more.
using var last = new CancellationTokenSource(TimeSpan.FromMinutes(2));
var left = callers.Accepted.Keys.Except(callers.Done).ToList();
await Task.WhenAll(left.Select(id => callers.WaitAsync(id, last.Token)));
foreach (var id in callers.Accepted.Keys.Except(callers.Done))
    figures.Fault($"accepted and not done: {id}");
await CheckResultsAsync();
await over.CancelAsync();
await looking;

foreach (var (name, service) in new[] { ("api", api), ("worker", worker) })
{
    Console.WriteLine($"{$"most memory of the {name}", -40}{service.MostMemory / 1e6, 10:N0} MB");
    if (service.MostMemory > MostMemory)
        figures.Fault($"too much memory: {name}, {service.MostMemory / 1e6:N0} MB");
    if (service.Crashes > 0)
        figures.Fault($"ended by itself: {name}, {service.Crashes} times");
}

Console.WriteLine($"{"kills of worker, emulator", -40}{kills.Worker, 10:N0} {kills.Emulator:N0}");
Console.WriteLine($"{"accepted, done", -40}{callers.Accepted.Count, 10:N0} {callers.Done.Count:N0}");
figures.Print();
await worker.KillAsync();
await api.KillAsync();
await aws.KillAsync();
data.Delete(recursive: true);
return figures.HasFaults ? 1 : 0;

async Task LookAsync()
{
    while (!over.IsCancellationRequested)
    {
        api.Look();
        worker.Look();
        await Task.Delay(200);
    }
}

async Task<(int Worker, int Emulator)> KillAsync()
{
    var (random, workers, emulators) = (new Random(seed), 0, 0);
    while (!end.IsCancellationRequested)
    {
        await Task.Delay(random.Next(3000, 9000));
        var service = random.Next(3) is 0 ? aws : worker;
        await service.KillAsync();
        // Gone for a moment, as a task that is replaced.
        await Task.Delay(random.Next(100, 2000));
        service.Start();
        _ = service == aws ? emulators++ : workers++;
    }

    await aws.WaitAsync("/health", TimeSpan.FromSeconds(30));
    return (workers, emulators);
}

// One result each, written once: a second write would have changed when the first was.
async Task CheckResultsAsync()
{
    foreach (var id in callers.Done)
    {
        var found = await s3.GetObjectMetadataAsync("datasets", $"profiles/{id}/profile.json");
        var state = await s3.GetObjectMetadataAsync("datasets", $"profiles/{id}/state.json");
        if (found.LastModified > state.LastModified)
            figures.Fault($"written after it was done: {id}");
    }
}
