// Jobs a second through api, queue and worker, beside bare SDK calls of the least that a job needs (put its file, send, receive, get the
// file, put the result, delete the message) on the same emulator, in one run. The sides take turns, and the ratio is the median of those of
// neighbouring turns. Before that, a few jobs go through what counts their calls to AWS.
//   dotnet run -c Release --project bench/Jobs -- [jobs a turn, 1000] [turns, 5] [at once, 16]
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

const string Csv = "name,age\nAda,36\nAlan,41\n";
int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index]) : otherwise;
var (jobs, turns, atOnce) = (Argument(0, 1000), Argument(1, 5), Argument(2, 16));

var data = Directory.CreateTempSubdirectory("bench-jobs-");
try
{
    var (aws, _) = await ServiceProcess.StartAsync(
        "LocalAws",
        "/",
        new Dictionary<string, string> { ["LocalAws__DataPath"] = data.FullName }
    );
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
    var result = await CountCallsAsync(sqs, s3, queue, endpoint);

    await using var application = await Application.StartAsync(endpoint, queue);
    var bareQueue = (await sqs.CreateQueueAsync("bare")).QueueUrl;
    Func<Task> through = () => ThroughApplicationAsync(application.Client, sqs, queue, jobs);
    Func<Task> bare = () => BareAsync(sqs, s3, bareQueue, result);
    await through();
    await bare();
    List<double> applicationRates = [],
        bareRates = [];
    (string Name, Func<TimeSpan> Time)[] processors =
    [
        ("api", () => application.Api.ProcessorTime),
        ("worker", () => application.Worker.ProcessorTime),
        ("emulator", () => aws.ProcessorTime),
        ("caller", () => Environment.CpuUsage.TotalTime),
    ];
    List<double[]> applicationTimes = [],
        bareTimes = [];
    for (var turn = 0; turn < turns; turn++)
    {
        foreach (var (work, rates, times) in Order((through, applicationRates, applicationTimes), (bare, bareRates, bareTimes), turn))
        {
            TimeSpan[] before = [.. processors.Select(processor => processor.Time())];
            var watch = Stopwatch.StartNew();
            await work();
            rates.Add(jobs / watch.Elapsed.TotalSeconds);
            times.Add([.. processors.Zip(before, (processor, then) => (processor.Time() - then).TotalMilliseconds / jobs)]);
        }
    }

    Console.WriteLine($"{jobs} jobs, {atOnce} at once, median of {turns} turns");
    Console.WriteLine($"api, queue, worker        {Median(applicationRates), 10:N0} jobs/s");
    Console.WriteLine($"six bare SDK calls        {Median(bareRates), 10:N0} jobs/s");
    Console.WriteLine($"ratio                     {Median(applicationRates.Zip(bareRates, (ours, theirs) => ours / theirs)), 10:P1}");
    // Which other work on the machine disturbs less.
    Console.WriteLine($"processor time a job, of  {string.Concat(processors.Select(processor => $"{processor.Name, 12}"))}");
    Console.WriteLine($"  api, queue, worker      {Times(applicationTimes)}");
    Console.WriteLine($"  six bare SDK calls      {Times(bareTimes)}");
}
finally
{
    data.Delete(recursive: true);
}

return;

async Task<byte[]> CountCallsAsync(AmazonSQSClient sqs, AmazonS3Client s3, string queue, string endpoint)
{
    const int Counted = 50;
    await using var counter = await CallCounter.StartAsync(endpoint);
    await using var application = await Application.StartAsync(counter.Address, queue);
    await ThroughApplicationAsync(application.Client, sqs, queue, Counted);
    var counts = counter.Counts.Where(pair => pair.Key != "S3 GET profile.json").ToDictionary();
    counts["S3 GET state.json"]--;
    // Without the look at the end that the benchmark takes itself.
    Console.WriteLine($"Calls to AWS a job, of {Counted} jobs:");
    foreach (var (operation, count) in counts.OrderBy(pair => pair.Key))
        Console.WriteLine($"  {operation, -26}{count / (double)Counted, 6:N2}");
    Console.WriteLine($"  {"together", -26}{counts.Values.Sum() / (double)Counted, 6:N2}");

    // What the bare side puts is as large as a real result.
    var some = (await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "datasets" })).S3Objects.First(found =>
        found.Key.EndsWith("/profile.json", StringComparison.Ordinal)
    );
    using var profile = await s3.GetObjectAsync("datasets", some.Key);
    using var bytes = new MemoryStream();
    await profile.ResponseStream.CopyToAsync(bytes);
    return bytes.ToArray();
}

async Task ThroughApplicationAsync(HttpClient api, AmazonSQSClient sqs, string queue, int count)
{
    var accepted = new System.Collections.Concurrent.ConcurrentBag<string>();
    await InParallelAsync(count, async () =>
    {
        using var csv = new StringContent(Csv, new MediaTypeHeaderValue("text/csv"));
        using var answer = await api.PostAsync("/profiles", csv);
        answer.EnsureSuccessStatusCode();
        accepted.Add(answer.Headers.Location!.OriginalString);
    });
    // The queue itself says when all is done; a wait for each profile would be calls of those who wait.
    while (await BacklogAsync(sqs, queue) > 0)
        await Task.Delay(20);
    using var found = await api.GetAsync(accepted.First());
    var last = await found.Content.ReadAsStringAsync();
    if ((string?)JsonNode.Parse(last)?["state"] != "done")
        throw new InvalidOperationException($"A job ended as {last}");
}

async Task<int> BacklogAsync(AmazonSQSClient sqs, string queue)
{
    var attributes = await sqs.GetQueueAttributesAsync(
        queue,
        [QueueAttributeName.ApproximateNumberOfMessages, QueueAttributeName.ApproximateNumberOfMessagesNotVisible]
    );
    return attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible;
}

Task BareAsync(AmazonSQSClient sqs, AmazonS3Client s3, string queue, byte[] result) => InParallelAsync(jobs, async () =>
    {
        var key = $"bare/{Guid.NewGuid():N}";
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = $"{key}/source.csv",
                InputStream = new MemoryStream(Encoding.UTF8.GetBytes(Csv)),
            }
        );
        await sqs.SendMessageAsync(queue, JsonSerializer.Serialize(key));
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { MaxNumberOfMessages = 1, WaitTimeSeconds = 20 });
        var taken = JsonSerializer.Deserialize<string>(received.Messages.Single().Body);
        using (var source = await s3.GetObjectAsync("datasets", $"{taken}/source.csv"))
            await source.ResponseStream.CopyToAsync(Stream.Null);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = $"{taken}/profile.json",
                InputStream = new MemoryStream(result),
                IfNoneMatch = "*",
            }
        );
        await sqs.DeleteMessageAsync(queue, received.Messages.Single().ReceiptHandle);
    });

Task InParallelAsync(int count, Func<Task> work) =>
    Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await work());

string Times(List<double[]> turns) =>
    string.Concat(turns[0].Select((_, process) => $"{Median(turns.Select(times => times[process])), 9:N2} ms"));

T[] Order<T>(T one, T other, int turn) => turn % 2 == 0 ? [one, other] : [other, one];

double Median(IEnumerable<double> values) => values.Order().ToList() is var ordered ? ordered[ordered.Count / 2] : 0;

/// <summary>Api and worker, in processes of their own.</summary>
internal sealed record Application(ServiceProcess Api, ServiceProcess Worker) : IAsyncDisposable
{
    public HttpClient Client => Api.Client;

    public static async Task<Application> StartAsync(string endpoint, string queue)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = endpoint,
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["AWS_REGION"] = "us-east-1",
            ["AWS__Resources__datasets__BucketName"] = "datasets",
            ["AWS__Resources__jobs__QueueUrl"] = queue,
            ["Api__Key"] = "bench",
        };
        var (api, _) = await ServiceProcess.StartAsync("Api", "/health", variables);
        api.Client.DefaultRequestHeaders.Add("X-Api-Key", "bench");
        return new Application(api, ServiceProcess.Start("Worker", variables));
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Worker.DisposeAsync();
    }
}
