using System.Net;
using System.Net.Sockets;
using Amazon.SQS.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

public sealed class LongPollTests(LocalAwsEmulator emulator) : IClassFixture<LocalAwsEmulator>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Each_message_goes_to_one_of_many_consumers()
    {
        const int Messages = 500;
        var queue = await CreateAsync();
        var received = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        using var all = new CancellationTokenSource();
        async Task ConsumeAsync()
        {
            while (received.Count < Messages)
            {
                ReceiveMessageResponse response;
                try
                {
                    response = await emulator.Sqs.ReceiveMessageAsync(
                        new ReceiveMessageRequest
                        {
                            QueueUrl = queue,
                            MaxNumberOfMessages = 3,
                            WaitTimeSeconds = 20,
                        },
                        all.Token
                    );
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                foreach (var message in response.Messages ?? [])
                {
                    received.AddOrUpdate(message.MessageId, 1, (_, count) => count + 1);
                    await emulator.Sqs.DeleteMessageAsync(queue, message.ReceiptHandle);
                }
            }
            await all.CancelAsync();
        }

        var consumers = Enumerable.Range(0, 20).Select(_ => ConsumeAsync()).ToArray();
        for (var i = 0; i < Messages; i += 10)
        {
            await emulator.Sqs.SendMessageBatchAsync(
                queue,
                [.. Enumerable.Range(i, 10).Select(number => new SendMessageBatchRequestEntry($"{number}", $"{number}"))]
            );
        }
        await Task.WhenAll(consumers).WaitAsync(Deadline);

        Assert.Equal(Messages, received.Count);
        Assert.All(received.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_receive_that_was_cancelled_takes_no_message_with_it()
    {
        var queue = await CreateAsync();
        for (var round = 0; round < 20; round++)
        {
            using var cancelled = new CancellationTokenSource();
            var waiting = emulator.Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = queue,
                    WaitTimeSeconds = 20,
                    VisibilityTimeout = 3600,
                },
                cancelled.Token
            );
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await emulator.Sqs.SendMessageAsync(queue, "not lost");

        var received = await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 });
        Assert.Equal("not lost", Assert.Single(received.Messages).Body);
    }

    [Fact]
    public async Task Waiting_receivers_are_served_when_a_hidden_message_comes_back()
    {
        var queue = await CreateAsync();
        await emulator.Sqs.SendMessageAsync(queue, "x");
        var first = Assert.Single((await emulator.Sqs.ReceiveMessageAsync(queue)).Messages);
        var waiting = emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 });

        await emulator.Sqs.ChangeMessageVisibilityAsync(queue, first.ReceiptHandle, 0);

        Assert.Equal(first.MessageId, Assert.Single((await waiting.WaitAsync(Deadline)).Messages).MessageId);
    }

    [Fact]
    public async Task Deleting_with_the_handle_of_an_earlier_receive_deletes_nothing()
    {
        var queue = await CreateAsync();
        await emulator.Sqs.SendMessageAsync(queue, "x");
        var first = Assert.Single(
            (await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, VisibilityTimeout = 0 })).Messages
        );
        var second = Assert.Single((await emulator.Sqs.ReceiveMessageAsync(queue)).Messages);

        await emulator.Sqs.DeleteMessageAsync(queue, first.ReceiptHandle);

        await emulator.Sqs.ChangeMessageVisibilityAsync(queue, second.ReceiptHandle, 0);
        Assert.Single((await emulator.Sqs.ReceiveMessageAsync(queue)).Messages);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_ends_the_receives_that_wait_for_it()
    {
        var queue = await CreateAsync();
        var waiting = emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 });
        await emulator.Sqs.DeleteQueueAsync(queue);
        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => waiting.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_stop_answers_the_receives_that_wait()
    {
        using var data = new TemporaryFolder();
        // A stop that only waited for the receive to end would give up before it does.
        await using var server = await LocalAwsServer.StartAsync(data, ("DOTNET_shutdownTimeoutSeconds", "3"));
        var queue = (await server.Sqs.CreateQueueAsync("jobs")).QueueUrl;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        var body = $$"""{"QueueUrl":"{{queue}}","WaitTimeSeconds":20}""";
        await writer.WriteAsync(
            $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"
        );
        // The server asks for the body: from now on it owes an answer.
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync());
        await writer.WriteAsync(body);

        Assert.Equal(0, await server.Process.StopAsync());

        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_caller_that_goes_in_the_middle_of_a_request_is_no_failure()
    {
        using var data = new TemporaryFolder();
        await using var server = await LocalAwsServer.StartAsync(data);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            await writer.WriteAsync(
                "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"
            );
            Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync());
            await writer.WriteAsync("{\"QueueUrl\":");
        }

        // It is over before another caller's is: what it logs, it has logged.
        await server.Sqs.CreateQueueAsync("jobs");
        await server.Process.StopAsync();
        Assert.DoesNotContain(await server.Process.RestOfOutputAsync(), line => line.Contains("ReceiveMessage", StringComparison.Ordinal));
    }

    private async Task<string> CreateAsync() => (await emulator.Sqs.CreateQueueAsync($"queue-{Guid.NewGuid():N}")).QueueUrl;
}
