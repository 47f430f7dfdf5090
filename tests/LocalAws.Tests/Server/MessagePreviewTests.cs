using System.Net;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

public sealed class MessagePreviewTests(LocalAwsEmulator emulator) : IClassFixture<LocalAwsEmulator>
{
    [Fact]
    public async Task Messages_are_seen_in_their_order_and_state_and_none_of_them_is_received()
    {
        var name = $"queue-{Guid.NewGuid():N}";
        var url = (await emulator.Sqs.CreateQueueAsync(name)).QueueUrl;
        await emulator.Sqs.SendMessageAsync(url, "first");
        await emulator.Sqs.SendMessageAsync(url, "second");
        await emulator.Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = url,
                MessageBody = "later",
                DelaySeconds = 900,
            }
        );
        Assert.Equal("first", (await emulator.Sqs.ReceiveMessageAsync(url)).Messages.Single().Body);

        for (var look = 0; look < 5; look++)
        {
            Assert.Equal(["first InFlight 1", "second Visible 0", "later Delayed 0"], await PreviewAsync(name));
        }

        var received = await emulator.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, MessageSystemAttributeNames = [MessageSystemAttributeName.ApproximateReceiveCount] }
        );
        Assert.Equal(("second", "1"), (received.Messages.Single().Body, received.Messages.Single().Attributes["ApproximateReceiveCount"]));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_found()
    {
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"{emulator.Url}/_localaws/queues/nobody/messages")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"{emulator.Url}/_localaws/queues")).StatusCode);
    }

    private async Task<string[]> PreviewAsync(string queue)
    {
        using var http = new HttpClient();
        var messages = JsonNode.Parse(await http.GetStringAsync($"{emulator.Url}/_localaws/queues/{queue}/messages"))!.AsArray();
        return [.. messages.Select(message => $"{message!["Body"]} {message["State"]} {message["ReceiveCount"]}")];
    }
}
