using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

/// <summary>What was acknowledged is there after the process was killed and started again on the same folder.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task Every_acknowledged_message_survives_a_kill_in_the_midst_of_sending()
    {
        var acknowledged = new List<string>();
        await using (var server = await LocalAwsServer.StartAsync(_data))
        {
            var queue = (await server.Sqs.CreateQueueAsync("jobs")).QueueUrl;
            var enough = new TaskCompletionSource();
            async Task SendUntilKilledAsync(int sender)
            {
                for (var i = 0; ; i++)
                {
                    try
                    {
                        var sent = await server.Sqs.SendMessageAsync(queue, $"{sender}/{i}");
                        lock (acknowledged)
                        {
                            acknowledged.Add(sent.MessageId);
                            if (acknowledged.Count == 200)
                                enough.TrySetResult();
                        }
                    }
                    catch (Exception exception)
                        when (exception is HttpRequestException or AmazonSQSException or Amazon.Runtime.AmazonClientException)
                    {
                        return;
                    }
                }
            }

            var senders = Enumerable.Range(0, 8).Select(SendUntilKilledAsync).ToArray();
            await enough.Task.WaitAsync(Deadline);
            await server.Process.KillAsync();
            await Task.WhenAll(senders).WaitAsync(Deadline);
        }

        await using var restarted = await LocalAwsServer.StartAsync(_data);
        var received = await ReceiveAllAsync(restarted.Sqs, (await restarted.Sqs.GetQueueUrlAsync("jobs")).QueueUrl);
        Assert.Empty(acknowledged.Except(received.Select(message => message.MessageId)));
    }

    [Fact]
    public async Task A_deleted_message_stays_deleted_and_a_received_one_stays_hidden_with_its_count()
    {
        string hidden;
        await using (var server = await LocalAwsServer.StartAsync(_data))
        {
            var queue = (await server.Sqs.CreateQueueAsync("jobs")).QueueUrl;
            foreach (var body in new[] { "deleted", "hidden", "twice" })
                await server.Sqs.SendMessageAsync(queue, body);
            var messages = await ReceiveAllAsync(server.Sqs, queue);
            string Handle(string body) => messages.Single(message => message.Body == body).ReceiptHandle;
            await server.Sqs.DeleteMessageAsync(queue, Handle("deleted"));
            await server.Sqs.ChangeMessageVisibilityAsync(queue, Handle("hidden"), 3600);
            await server.Sqs.ChangeMessageVisibilityAsync(queue, Handle("twice"), 0);
            hidden = Handle("hidden");
            await server.Process.KillAsync();
        }

        await using var restarted = await LocalAwsServer.StartAsync(_data);
        var url = (await restarted.Sqs.GetQueueUrlAsync("jobs")).QueueUrl;
        var again = Assert.Single(await ReceiveAllAsync(restarted.Sqs, url));
        Assert.Equal(("twice", "2"), (again.Body, again.Attributes["ApproximateReceiveCount"]));

        await restarted.Sqs.ChangeMessageVisibilityAsync(url, hidden, 0);
        var back = Assert.Single(await ReceiveAllAsync(restarted.Sqs, url));
        Assert.Equal(("hidden", "2"), (back.Body, back.Attributes["ApproximateReceiveCount"]));
    }

    [Fact]
    public async Task Queues_keep_their_attributes_and_messages_theirs()
    {
        await using (var server = await LocalAwsServer.StartAsync(_data))
        {
            var dead = (await server.Sqs.CreateQueueAsync("dead")).QueueUrl;
            var arn = (await server.Sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).Attributes["QueueArn"];
            var queue = (
                await server.Sqs.CreateQueueAsync(
                    new CreateQueueRequest
                    {
                        QueueName = "jobs",
                        Attributes = new()
                        {
                            ["VisibilityTimeout"] = "0",
                            ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":"2"}""",
                        },
                        Tags = new() { ["team"] = "data" },
                    }
                )
            ).QueueUrl;
            await server.Sqs.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = queue,
                    MessageBody = "poison",
                    MessageAttributes = new()
                    {
                        ["kind"] = new() { DataType = "String", StringValue = "csv" },
                    },
                }
            );
            await server.Sqs.ReceiveMessageAsync(queue);
            await server.Process.KillAsync();
        }

        await using var restarted = await LocalAwsServer.StartAsync(_data);
        var jobs = (await restarted.Sqs.GetQueueUrlAsync("jobs")).QueueUrl;
        Assert.Equal("data", (await restarted.Sqs.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = jobs })).Tags["team"]);
        await restarted.Sqs.ReceiveMessageAsync(jobs);
        Assert.Null((await restarted.Sqs.ReceiveMessageAsync(jobs)).Messages);

        var letter = Assert.Single(await ReceiveAllAsync(restarted.Sqs, (await restarted.Sqs.GetQueueUrlAsync("dead")).QueueUrl));
        Assert.Equal("csv", letter.MessageAttributes["kind"].StringValue);
    }

    [Fact]
    public async Task Objects_survive_with_metadata_and_an_upload_goes_on_where_it_was()
    {
        string upload;
        UploadPartResponse part;
        await using (var server = await LocalAwsServer.StartAsync(_data))
        {
            await server.S3.PutBucketAsync("datasets");
            await server.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = "datasets",
                    Key = "a/b.csv",
                    ContentBody = "hello",
                    ContentType = "text/csv",
                    Metadata = { ["rows"] = "1" },
                }
            );
            upload = (await server.S3.InitiateMultipartUploadAsync("datasets", "large")).UploadId;
            part = await server.S3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = "datasets",
                    Key = "large",
                    UploadId = upload,
                    PartNumber = 1,
                    InputStream = new MemoryStream([1, 2, 3]),
                }
            );
            await server.Process.KillAsync();
        }

        await using var restarted = await LocalAwsServer.StartAsync(_data);
        using var read = await restarted.S3.GetObjectAsync("datasets", "a/b.csv");
        Assert.Equal(("text/csv", "1", 5), (read.Headers.ContentType, read.Metadata["rows"], (int)read.ContentLength));
        await restarted.S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = "datasets",
                Key = "large",
                UploadId = upload,
                PartETags = [new(1, part.ETag)],
            }
        );
        Assert.Equal(3, (await restarted.S3.GetObjectMetadataAsync("datasets", "large")).ContentLength);
    }

    [Fact]
    public async Task Replaced_and_deleted_objects_leave_no_files_behind()
    {
        await using var server = await LocalAwsServer.StartAsync(_data);
        await server.S3.PutBucketAsync("datasets");
        for (var i = 0; i < 3; i++)
            await server.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = "datasets",
                    Key = "key",
                    ContentBody = $"{i}",
                }
            );
        Assert.Single(Directory.GetFiles(Path.Combine(_data.Path, "objects"), "*", SearchOption.AllDirectories));

        await server.S3.DeleteObjectAsync("datasets", "key");

        Assert.Empty(Directory.GetFiles(Path.Combine(_data.Path, "objects"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task In_memory_nothing_outlives_the_process_and_nothing_is_written()
    {
        await using (var server = await LocalAwsServer.StartInMemoryAsync())
        {
            await server.Sqs.CreateQueueAsync("jobs");
            await server.S3.PutBucketAsync("datasets");
            await server.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = "datasets",
                    Key = "key",
                    ContentBody = "hello",
                }
            );
            Assert.Equal(5, (await server.S3.GetObjectMetadataAsync("datasets", "key")).ContentLength);
            await server.Process.KillAsync();
        }
        await using var restarted = await LocalAwsServer.StartInMemoryAsync();
        Assert.Null((await restarted.Sqs.ListQueuesAsync("")).QueueUrls);
    }

    public void Dispose() => _data.Dispose();

    private static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(60);

    private static async Task<List<Message>> ReceiveAllAsync(IAmazonSQS sqs, string queue)
    {
        var all = new List<Message>();
        while (true)
        {
            var response = await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = queue,
                    MaxNumberOfMessages = 10,
                    VisibilityTimeout = 600,
                    MessageSystemAttributeNames = ["All"],
                    MessageAttributeNames = ["All"],
                }
            );
            if (response.Messages is null)
                return all;
            all.AddRange(response.Messages);
        }
    }
}
