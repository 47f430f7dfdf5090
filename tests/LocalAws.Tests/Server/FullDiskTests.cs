using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

/// <summary>A disk that is full for a while: what meets it fails, and afterwards all is as if it had not been.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task A_dead_letter_that_cannot_be_moved_stays_and_is_moved_later()
    {
        await using var server = await StartAsync();
        var (jobs, dead) = await CreateQueuesAsync(server);
        await server.Sqs.SendMessageAsync(jobs, "poison");
        await server.Sqs.ReceiveMessageAsync(jobs);

        Fill(server);
        for (var i = 0; i < 3; i++)
            Assert.Empty((await server.Sqs.ReceiveMessageAsync(jobs)).Messages ?? []);
        Assert.Empty((await server.Sqs.ReceiveMessageAsync(dead)).Messages ?? []);
        Free(server);

        Assert.Empty((await server.Sqs.ReceiveMessageAsync(jobs)).Messages ?? []);
        Assert.Equal("poison", Assert.Single((await server.Sqs.ReceiveMessageAsync(dead)).Messages).Body);
        await server.Sqs.SendMessageAsync(jobs, "next");
        Assert.Equal("next", Assert.Single((await server.Sqs.ReceiveMessageAsync(jobs)).Messages).Body);
    }

    [Fact]
    public async Task A_message_that_could_not_be_handed_out_is_there_again()
    {
        await using var server = await StartAsync();
        var queue = (await server.Sqs.CreateQueueAsync("jobs")).QueueUrl;
        await server.Sqs.SendMessageAsync(queue, "job");

        Fill(server);
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => server.Sqs.ReceiveMessageAsync(queue));
        Free(server);

        var message = Assert.Single(
            (
                await server.Sqs.ReceiveMessageAsync(
                    new ReceiveMessageRequest(queue) { MessageSystemAttributeNames = ["ApproximateReceiveCount"] }
                )
            ).Messages
        );
        Assert.Equal(("job", "1"), (message.Body, message.Attributes["ApproximateReceiveCount"]));
    }

    [Fact]
    public async Task A_deletion_that_failed_is_not_taken_for_done()
    {
        await using (var server = await StartAsync())
        {
            var queue = (await server.Sqs.CreateQueueAsync("jobs")).QueueUrl;
            await server.Sqs.SendMessageAsync(queue, "job");
            var handle = (await server.Sqs.ReceiveMessageAsync(queue)).Messages[0].ReceiptHandle;

            Fill(server);
            await Assert.ThrowsAnyAsync<AmazonServiceException>(() => server.Sqs.DeleteMessageAsync(queue, handle));
            Free(server);

            // It is acknowledged now, and so outlives a kill.
            await server.Sqs.DeleteMessageAsync(queue, handle);
            await server.Process.KillAsync();
        }
        await using var restarted = await LocalAwsServer.StartAsync(_data);
        var counts = await restarted.Sqs.GetQueueAttributesAsync((await restarted.Sqs.GetQueueUrlAsync("jobs")).QueueUrl, ["All"]);
        Assert.Equal(0, counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible);
    }

    [Fact]
    public async Task A_queue_that_could_not_be_deleted_is_still_there()
    {
        await using var server = await StartAsync();
        var queue = (await server.Sqs.CreateQueueAsync("jobs")).QueueUrl;

        Fill(server);
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => server.Sqs.DeleteQueueAsync(queue));
        Free(server);

        await server.Sqs.SendMessageAsync(queue, "job");
        await server.Sqs.DeleteQueueAsync(queue);
        await Assert.ThrowsAnyAsync<QueueDoesNotExistException>(() => server.Sqs.SendMessageAsync(queue, "job"));
    }

    [Fact]
    public async Task An_object_that_does_not_fit_leaves_the_one_before_and_no_files()
    {
        await using var server = await StartAsync();
        await server.S3.PutBucketAsync("datasets");
        await server.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = "key",
                ContentBody = "before",
            }
        );
        var files = Files();

        Fill(server);
        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            server.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = "datasets",
                    Key = "key",
                    ContentBody = new string('x', 1 << 20),
                }
            )
        );
        Free(server);

        using var read = await server.S3.GetObjectAsync("datasets", "key");
        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal("before", await reader.ReadToEndAsync());
        Assert.Equal(files, Files());
    }

    public void Dispose() => _data.Dispose();

    // A limit on the size of files stands in for the disk: each write beyond it fails, and it can be lifted. The signal that goes with it
    // would end the process; what is ignored stays so in the program that env becomes.
    private async Task<LocalAwsServer> StartAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/prlimit"))
            Assert.Skip("It takes Linux, with prlimit of util-linux.");
        // As an argument, for a shell on the way would drop a variable with dots in its name.
        return await LocalAwsServer.StartAsync(
            _data,
            "env",
            [
                "--ignore-signal=XFSZ",
                "dotnet",
                Path.Combine(AppContext.BaseDirectory, "LocalAws.dll"),
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
            ]
        );
    }

    private static void Fill(LocalAwsServer server) => Limit(server, "0");

    private static void Free(LocalAwsServer server) => Limit(server, "unlimited");

    private static void Limit(LocalAwsServer server, string size)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{server.Process.Id}", $"--fsize={size}:unlimited"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }

    private static async Task<(string Jobs, string Dead)> CreateQueuesAsync(LocalAwsServer server)
    {
        var dead = (await server.Sqs.CreateQueueAsync("dead")).QueueUrl;
        var arn = (await server.Sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).Attributes["QueueArn"];
        var jobs = await server.Sqs.CreateQueueAsync(
            new CreateQueueRequest
            {
                QueueName = "jobs",
                Attributes = new()
                {
                    ["VisibilityTimeout"] = "0",
                    ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":"1"}""",
                },
            }
        );
        return (jobs.QueueUrl, dead);
    }

    private IEnumerable<string> Files() =>
        new[] { "incoming", "objects" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(_data.Path, folder), "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .ToList();
}
