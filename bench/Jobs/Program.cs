// Jobs a second through api, queue and worker, beside a bare SDK loop of send, receive and delete on the same emulator, in one run.
//   dotnet run -c Release --project bench/Jobs -- [jobs, 500] [at once, 16]
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var jobs = args.Length > 0 ? int.Parse(args[0]) : 500;
var atOnce = args.Length > 1 ? int.Parse(args[1]) : 16;

var data = Directory.CreateTempSubdirectory("bench-jobs-");
var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Parameters:api-key=bench"]);
builder.Services.AddLogging(logging => logging.ClearProviders());
builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "aws"))
    .WithEnvironment("LocalAws__DataPath", data.FullName);
await using var app = await builder.BuildAsync();
await app.StartAsync();
await app.ResourceNotifications.WaitForResourceHealthyAsync("api");
await app.ResourceNotifications.WaitForResourceHealthyAsync("worker");

using var api = app.CreateHttpClient("api", "http");
api.DefaultRequestHeaders.Add("X-Api-Key", "bench");
using var sqs = new AmazonSQSClient(new BasicAWSCredentials("local", "local"), new AmazonSQSConfig
{
    ServiceURL = app.GetEndpoint("aws", "http").ToString().Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
    AuthenticationRegion = "us-east-1",
});

await ThroughApplicationAsync(Math.Min(jobs, 50));
await BareLoopAsync(Math.Min(jobs, 50));

var application = await RateAsync(() => ThroughApplicationAsync(jobs));
var bare = await RateAsync(() => BareLoopAsync(jobs));
Console.WriteLine($"{jobs} jobs, {atOnce} at once");
Console.WriteLine($"api, queue, worker            {application,10:N0} jobs/s");
Console.WriteLine($"bare send, receive, delete    {bare,10:N0} jobs/s");
Console.WriteLine($"ratio                         {application / bare,10:P1}");
await app.StopAsync();
data.Delete(recursive: true);
return;

async Task<double> RateAsync(Func<Task> work)
{
    var watch = Stopwatch.StartNew();
    await work();
    return jobs / watch.Elapsed.TotalSeconds;
}

Task ThroughApplicationAsync(int count) => InParallelAsync(count, async () =>
{
    using var csv = new StringContent("name,age\nAda,36\nAlan,41\n", new MediaTypeHeaderValue("text/csv"));
    using var accepted = await api.PostAsync("/profiles", csv);
    accepted.EnsureSuccessStatusCode();
    var state = JsonNode.Parse(await api.GetStringAsync($"{accepted.Headers.Location}?wait=30"))!["state"];
    if ((string?)state != "done") throw new InvalidOperationException($"A job ended as {state}.");
});

async Task BareLoopAsync(int count)
{
    var queue = (await sqs.CreateQueueAsync("bare-loop")).QueueUrl;
    await InParallelAsync(count, async () =>
    {
        await sqs.SendMessageAsync(queue, "{}");
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { WaitTimeSeconds = 20 });
        foreach (var message in received.Messages) await sqs.DeleteMessageAsync(queue, message.ReceiptHandle);
    });
    await sqs.DeleteQueueAsync(queue);
}

Task InParallelAsync(int count, Func<Task> work) =>
    Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await work());
