using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Playwright;

namespace EndToEnd.Dashboard;

/// <summary>A queue of the emulator as a consumer sees it.</summary>
internal sealed class LocalQueue(IAmazonSQS sqs, string url, string deadLetters) : IAsyncDisposable
{
    public static async Task<LocalQueue> FindAsync(IPage page, string name)
    {
        var address = (await page.Resource("aws").GetByRole(AriaRole.Link).First.GetAttributeAsync("href"))!;
        var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = address, AuthenticationRegion = "us-east-1" }
        );
        return new(sqs, (await sqs.GetQueueUrlAsync(name)).QueueUrl, (await sqs.GetQueueUrlAsync($"{name}-dead-letters")).QueueUrl);
    }

    /// <summary>Receives a message as often as it takes, each time as one who cannot work on it.</summary>
    public async Task MakeDeadLetterAsync(string body)
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        while (await CountAsync(url) > 0)
        {
            await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = url,
                    MaxNumberOfMessages = 10,
                    VisibilityTimeout = 0,
                },
                deadline.Token
            );
        }

        Assert.True(await CountAsync(deadLetters) > 0, $"'{body}' is no dead letter.");
    }

    public ValueTask DisposeAsync()
    {
        sqs.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<int> CountAsync(string queue) =>
        (await sqs.GetQueueAttributesAsync(queue, [QueueAttributeName.ApproximateNumberOfMessages])).ApproximateNumberOfMessages;
}
