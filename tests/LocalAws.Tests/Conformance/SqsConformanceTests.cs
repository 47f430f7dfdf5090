using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Conformance;

public sealed class LocalAwsSqsConformanceTests(LocalAwsEmulator emulator) : SqsConformanceTests(emulator), IClassFixture<LocalAwsEmulator>;

public sealed class MotoSqsConformanceTests(MotoEmulator emulator) : SqsConformanceTests(emulator), IClassFixture<MotoEmulator>;

/// <summary>Messages: sent, received, hidden, deleted.</summary>
public abstract class SqsConformanceTests(Emulator emulator) : ConformanceTests(emulator)
{
    private IAmazonSQS Sqs => Emulator.Sqs;

    [Fact]
    public async Task A_message_is_received_as_it_was_sent()
    {
        var queue = await CreateAsync();
        // The client itself compares the digests of body and attributes, and throws where they differ.
        var sent = await Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = queue,
                MessageBody = "a line\n\twith \u00e9, \u4e2d and \U0001F600",
                MessageAttributes = new()
                {
                    ["text"] = new() { DataType = "String", StringValue = "\u00e9\u4e2d" },
                    ["Number"] = new() { DataType = "Number.int", StringValue = "42" },
                    ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 255, 1]) },
                },
            }
        );

        var received = Assert.Single(await ReceiveAsync(queue));

        Assert.Equal(sent.MessageId, received.MessageId);
        Assert.Equal("a line\n\twith \u00e9, \u4e2d and \U0001F600", received.Body);
        Assert.Equal("\u00e9\u4e2d", received.MessageAttributes["text"].StringValue);
        Assert.Equal("Number.int", received.MessageAttributes["Number"].DataType);
        Assert.Equal(new byte[] { 0, 255, 1 }, received.MessageAttributes["bytes"].BinaryValue.ToArray());
    }

    [Fact]
    public async Task Message_attributes_come_only_when_asked_for_by_name_or_prefix()
    {
        var queue = await CreateAsync();
        await Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = queue,
                MessageBody = "x",
                MessageAttributes = new()
                {
                    ["trace.id"] = new() { DataType = "String", StringValue = "1" },
                    ["trace.flags"] = new() { DataType = "String", StringValue = "2" },
                    ["other"] = new() { DataType = "String", StringValue = "3" },
                },
            }
        );

        async Task<IEnumerable<string>> NamesAsync(params List<string> asked)
        {
            var response = await Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = queue,
                    VisibilityTimeout = 0,
                    MessageAttributeNames = asked,
                    WaitTimeSeconds = 1,
                }
            );
            return (Assert.Single(response.Messages).MessageAttributes ?? []).Keys.Order();
        }

        Assert.Empty(await NamesAsync());
        Assert.Equal(["other"], await NamesAsync("other", "absent"));
        Assert.Equal(["trace.flags", "trace.id"], await NamesAsync("trace.*"));
        Assert.Equal(["other", "trace.flags", "trace.id"], await NamesAsync("All"));
    }

    [Fact]
    public async Task System_attributes_tell_of_sending_and_receiving()
    {
        var queue = await CreateAsync();
        await Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = queue,
                MessageBody = "x",
                MessageSystemAttributes = new()
                {
                    ["AWSTraceHeader"] = new() { DataType = "String", StringValue = "Root=1-5759e988-bd862e3fe1be46a994272793" },
                },
            }
        );

        var first = Assert.Single(await ReceiveAsync(queue, visibilityTimeout: 0));
        var second = Assert.Single(await ReceiveAsync(queue));

        Assert.Equal("1", first.Attributes["ApproximateReceiveCount"]);
        Assert.Equal("2", second.Attributes["ApproximateReceiveCount"]);
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793", second.Attributes["AWSTraceHeader"]);
        Assert.Equal(first.Attributes["ApproximateFirstReceiveTimestamp"], second.Attributes["ApproximateFirstReceiveTimestamp"]);
        Assert.True(long.Parse(second.Attributes["SentTimestamp"], CultureInfo.InvariantCulture) > 1_600_000_000_000);
        Assert.NotEmpty(second.Attributes["SenderId"]);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_it_is_handed_back()
    {
        var queue = await CreateAsync();
        await Sqs.SendMessageAsync(queue, "x");
        var received = Assert.Single(await ReceiveAsync(queue));
        Assert.Empty(await ReceiveAsync(queue, wait: 0));

        await Sqs.ChangeMessageVisibilityAsync(queue, received.ReceiptHandle, 0);

        Assert.Equal(received.MessageId, Assert.Single(await ReceiveAsync(queue)).MessageId);
    }

    [Fact]
    public async Task A_message_comes_back_when_its_visibility_timeout_is_over()
    {
        var queue = await CreateAsync(("VisibilityTimeout", "1"));
        await Sqs.SendMessageAsync(queue, "x");
        Assert.Single(await ReceiveAsync(queue));

        Assert.Single(await ReceiveAsync(queue, wait: 20));
    }

    [Fact]
    public async Task A_delayed_message_is_invisible_at_first()
    {
        var queue = await CreateAsync(("DelaySeconds", "1"));
        await Sqs.SendMessageAsync(queue, "by the queue");
        await Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = queue,
                MessageBody = "at once",
                DelaySeconds = 0,
            }
        );
        await Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = queue,
                MessageBody = "much later",
                DelaySeconds = 900,
            }
        );
        Assert.Equal("at once", Assert.Single(await ReceiveAsync(queue)).Body);

        Assert.Equal("by the queue", Assert.Single(await ReceiveAsync(queue, wait: 20)).Body);
        Assert.Equal("1", (await AttributesAsync(queue, "All"))["ApproximateNumberOfMessagesDelayed"]);
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_deleting_it_again_is_no_error()
    {
        var queue = await CreateAsync();
        await Sqs.SendMessageAsync(queue, "x");
        var received = Assert.Single(await ReceiveAsync(queue));

        await Sqs.DeleteMessageAsync(queue, received.ReceiptHandle);
        await Sqs.DeleteMessageAsync(queue, received.ReceiptHandle);

        var attributes = await AttributesAsync(queue, "All");
        Assert.Equal("0", attributes["ApproximateNumberOfMessages"]);
        Assert.Equal("0", attributes["ApproximateNumberOfMessagesNotVisible"]);
    }

    [Fact]
    public async Task A_receipt_handle_that_sqs_did_not_give_out_is_refused()
    {
        var queue = await CreateAsync();
        var exception = await Assert.ThrowsAsync<ReceiptHandleIsInvalidException>(() => Sqs.DeleteMessageAsync(queue, "not a handle"));
        Assert.Equal("ReceiptHandleIsInvalid", exception.ErrorCode);
    }

    [Fact]
    public async Task The_visibility_of_a_message_that_is_not_in_flight_cannot_be_changed()
    {
        var queue = await CreateAsync();
        await Sqs.SendMessageAsync(queue, "x");
        var received = Assert.Single(await ReceiveAsync(queue));
        await Sqs.ChangeMessageVisibilityAsync(queue, received.ReceiptHandle, 0);

        await RefusedButByMotoAsync<MessageNotInflightException>(
            () => Sqs.ChangeMessageVisibilityAsync(queue, received.ReceiptHandle, 10),
            "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html"
        );
    }

    [Fact]
    public async Task A_batch_tells_of_each_entry_by_itself()
    {
        var queue = await CreateAsync();
        var sent = await Sqs.SendMessageBatchAsync(
            queue,
            [.. Enumerable.Range(0, 10).Select(i => new SendMessageBatchRequestEntry($"id-{i}", $"body {i}"))]
        );
        Assert.Equal(10, sent.Successful.Count);

        var received = await ReceiveAllAsync(queue, 10);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"body {i}"), received.Select(message => message.Body).Order());

        var changed = await Sqs.ChangeMessageVisibilityBatchAsync(
            queue,
            [
                .. received.Select(
                    (message, i) => new ChangeMessageVisibilityBatchRequestEntry($"{i}", message.ReceiptHandle) { VisibilityTimeout = 60 }
                ),
            ]
        );
        Assert.Equal(10, changed.Successful.Count);

        var deleted = await Sqs.DeleteMessageBatchAsync(queue, [new("good", received[0].ReceiptHandle), new("bad", "not a handle")]);
        Assert.Equal("good", Assert.Single(deleted.Successful).Id);
        var failure = Assert.Single(deleted.Failed);
        Assert.Equal("bad", failure.Id);
        Assert.Equal("ReceiptHandleIsInvalid", failure.Code);
        Assert.True(failure.SenderFault);
    }

    [Fact]
    public async Task A_batch_that_breaks_the_rules_is_refused()
    {
        var queue = await CreateAsync();
        SendMessageBatchRequestEntry Entry(string id) => new(id, "x");

        await Assert.ThrowsAsync<EmptyBatchRequestException>(() => Sqs.SendMessageBatchAsync(queue, []));
        await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(() =>
            Sqs.SendMessageBatchAsync(queue, [.. Enumerable.Range(0, 11).Select(i => Entry($"{i}"))])
        );
        await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() => Sqs.SendMessageBatchAsync(queue, [Entry("a"), Entry("a")]));
        await Assert.ThrowsAsync<InvalidBatchEntryIdException>(() => Sqs.SendMessageBatchAsync(queue, [Entry("no spaces")]));
    }

    [Fact]
    public async Task A_message_of_one_mebibyte_passes_and_a_larger_one_is_refused()
    {
        var queue = await CreateAsync();
        var largest = new string('x', 1024 * 1024);
        await Sqs.SendMessageAsync(queue, largest);
        Assert.Equal(largest, Assert.Single(await ReceiveAsync(queue)).Body);

        var exception = await Assert.ThrowsAsync<AmazonSQSException>(() => Sqs.SendMessageAsync(queue, largest + "x"));
        Assert.Equal("InvalidParameterValue", exception.ErrorCode);
    }

    [Fact]
    public async Task A_body_with_control_characters_is_refused()
    {
        var queue = await CreateAsync();
        await RefusedButByMotoAsync<InvalidMessageContentsException>(
            () => Sqs.SendMessageAsync(queue, "a\u0001b"),
            "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html"
        );
    }

    [Fact]
    public async Task Numbers_out_of_range_are_refused()
    {
        var queue = await CreateAsync();
        async Task RefusedAsync(ReceiveMessageRequest request)
        {
            request.QueueUrl = queue;
            var exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => Sqs.ReceiveMessageAsync(request));
            Assert.Equal("InvalidParameterValue", exception.ErrorCode);
        }

        await RefusedAsync(new() { MaxNumberOfMessages = 11 });
        await RefusedAsync(new() { MaxNumberOfMessages = 0 });
        await RefusedAsync(new() { WaitTimeSeconds = 21 });
        await RefusedAsync(new() { VisibilityTimeout = 43_201 });
    }

    [Fact]
    public async Task A_purged_queue_is_empty()
    {
        var queue = await CreateAsync();
        await Sqs.SendMessageAsync(queue, "x");
        await Sqs.SendMessageAsync(queue, "y");
        await Sqs.PurgeQueueAsync(queue);
        Assert.Empty(await ReceiveAsync(queue, wait: 0));
    }

    [Fact]
    public async Task A_message_received_too_often_ends_in_the_dead_letter_queue()
    {
        var dead = await CreateAsync();
        var arn = (await AttributesAsync(dead, "QueueArn"))["QueueArn"];
        var queue = await CreateAsync(
            ("VisibilityTimeout", "0"),
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":2}""")
        );
        var sent = await Sqs.SendMessageAsync(queue, "poison");

        Assert.Single(await ReceiveAsync(queue));
        Assert.Single(await ReceiveAsync(queue));
        Assert.Empty(await ReceiveAsync(queue, wait: 0));

        var letter = Assert.Single(await ReceiveAsync(dead));
        Assert.Equal(sent.MessageId, letter.MessageId);
        Assert.Equal("poison", letter.Body);
        Assert.Equal(
            Emulator.Expected(
                aws: (await AttributesAsync(queue, "QueueArn"))["QueueArn"],
                moto: null,
                "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html"
            ),
            letter.Attributes.GetValueOrDefault("DeadLetterQueueSourceArn")
        );
        Assert.Equal(
            [queue],
            (await Sqs.ListDeadLetterSourceQueuesAsync(new ListDeadLetterSourceQueuesRequest { QueueUrl = dead })).QueueUrls
        );
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_message_that_arrives()
    {
        var queue = await CreateAsync();
        var receiving = ReceiveAsync(queue, wait: 20);
        await Sqs.SendMessageAsync(queue, "at last");
        Assert.Equal("at last", Assert.Single(await receiving).Body);
    }

    private async Task<string> CreateAsync(params (string Name, string Value)[] attributes)
    {
        var response = await Sqs.CreateQueueAsync(
            new CreateQueueRequest
            {
                QueueName = NewName("queue"),
                Attributes = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value),
            }
        );
        return response.QueueUrl;
    }

    private async Task<Dictionary<string, string>> AttributesAsync(string queue, string name) =>
        (await Sqs.GetQueueAttributesAsync(queue, [name])).Attributes;

    private async Task<List<Message>> ReceiveAsync(string queue, int wait = 5, int? visibilityTimeout = null)
    {
        var response = await Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = queue,
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = wait,
                VisibilityTimeout = visibilityTimeout,
                MessageSystemAttributeNames = ["All"],
                MessageAttributeNames = ["All"],
            }
        );
        return response.Messages ?? [];
    }

    private async Task<List<Message>> ReceiveAllAsync(string queue, int count)
    {
        var all = new List<Message>();
        while (all.Count < count)
        {
            var more = await ReceiveAsync(queue);
            Assert.NotEmpty(more);
            all.AddRange(more);
        }
        return all;
    }
}
