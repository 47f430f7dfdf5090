using Amazon.SQS;
using Amazon.SQS.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Conformance;

public sealed class LocalAwsSqsQueueConformanceTests(LocalAwsEmulator emulator)
    : SqsQueueConformanceTests(emulator),
        IClassFixture<LocalAwsEmulator>;

public sealed class MotoSqsQueueConformanceTests(MotoEmulator emulator) : SqsQueueConformanceTests(emulator), IClassFixture<MotoEmulator>;

/// <summary>Queues: created, found, described, deleted.</summary>
public abstract class SqsQueueConformanceTests(Emulator emulator) : ConformanceTests(emulator)
{
    private const string SetQueueAttributes =
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html";

    private IAmazonSQS Sqs => Emulator.Sqs;

    [Fact]
    public async Task A_queue_is_found_by_its_name()
    {
        var name = NewName("queue");
        var created = await Sqs.CreateQueueAsync(name);
        Assert.Equal(created.QueueUrl, (await Sqs.GetQueueUrlAsync(name)).QueueUrl);
        Assert.EndsWith($"/{name}", created.QueueUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_an_error_of_that_name()
    {
        var byName = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => Sqs.GetQueueUrlAsync(NewName("absent")));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", byName.ErrorCode);
        var url = (await Sqs.CreateQueueAsync(NewName("queue"))).QueueUrl;
        await Sqs.DeleteQueueAsync(url);
        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => Sqs.SendMessageAsync(url, "x"));
        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => Sqs.ReceiveMessageAsync(url));
        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => Sqs.DeleteQueueAsync(url));
    }

    [Fact]
    public async Task Creating_a_queue_again_gives_the_same_one_unless_an_attribute_differs()
    {
        CreateQueueRequest request = new()
        {
            QueueName = NewName("queue"),
            Attributes = new() { ["VisibilityTimeout"] = "45" },
        };
        var first = await Sqs.CreateQueueAsync(request);
        Assert.Equal(first.QueueUrl, (await Sqs.CreateQueueAsync(request)).QueueUrl);
        Assert.Equal(first.QueueUrl, (await Sqs.CreateQueueAsync(request.QueueName)).QueueUrl);

        request.Attributes["VisibilityTimeout"] = "46";
        var exception = await Assert.ThrowsAsync<QueueNameExistsException>(() => Sqs.CreateQueueAsync(request));
        Assert.Equal("QueueAlreadyExists", exception.ErrorCode);
    }

    [Fact]
    public async Task A_name_that_sqs_does_not_take_is_refused()
    {
        foreach (var name in new[] { "no spaces", "no/slash", new string('x', 81) })
        {
            var exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => Sqs.CreateQueueAsync(name));
            Assert.Equal("InvalidParameterValue", exception.ErrorCode);
        }
    }

    [Fact]
    public async Task Queues_are_listed_by_prefix_in_pages()
    {
        var prefix = NewName("listed");
        var urls = new List<string>();
        for (var i = 0; i < 5; i++)
            urls.Add((await Sqs.CreateQueueAsync($"{prefix}-{i}")).QueueUrl);

        var listed = new List<string>();
        ListQueuesRequest request = new() { QueueNamePrefix = prefix, MaxResults = 2 };
        do
        {
            var page = await Sqs.ListQueuesAsync(request);
            listed.AddRange(page.QueueUrls);
            request.NextToken = page.NextToken;
        } while (request.NextToken is not null);

        Assert.Equal(urls, listed.Order(StringComparer.Ordinal));
        Assert.Empty((await Sqs.ListQueuesAsync(NewName("absent"))).QueueUrls ?? []);
    }

    [Fact]
    public async Task A_new_queue_has_the_documented_defaults()
    {
        var url = (await Sqs.CreateQueueAsync(NewName("queue"))).QueueUrl;
        var attributes = (await Sqs.GetQueueAttributesAsync(url, ["All"])).Attributes;

        Assert.Equal("30", attributes["VisibilityTimeout"]);
        Assert.Equal("0", attributes["DelaySeconds"]);
        Assert.Equal("345600", attributes["MessageRetentionPeriod"]);
        Assert.Equal("0", attributes["ReceiveMessageWaitTimeSeconds"]);
        Assert.Equal("1048576", attributes["MaximumMessageSize"]);
        Assert.Equal("0", attributes["ApproximateNumberOfMessages"]);
        Assert.Equal(attributes["CreatedTimestamp"], attributes["LastModifiedTimestamp"]);
        Assert.StartsWith("arn:aws:sqs:us-east-1:", attributes["QueueArn"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_are_set_and_those_out_of_range_or_unknown_refused()
    {
        var url = (await Sqs.CreateQueueAsync(NewName("queue"))).QueueUrl;
        await Sqs.SetQueueAttributesAsync(url, new() { ["VisibilityTimeout"] = "7", ["ReceiveMessageWaitTimeSeconds"] = "20" });
        var attributes = (await Sqs.GetQueueAttributesAsync(url, ["VisibilityTimeout", "ReceiveMessageWaitTimeSeconds"])).Attributes;
        Assert.Equal(new Dictionary<string, string> { ["VisibilityTimeout"] = "7", ["ReceiveMessageWaitTimeSeconds"] = "20" }, attributes);

        await Assert.ThrowsAsync<InvalidAttributeNameException>(() => Sqs.GetQueueAttributesAsync(url, ["Nonsense"]));
        await RefusedButByMotoAsync<InvalidAttributeNameException>(
            () => Sqs.SetQueueAttributesAsync(url, new() { ["Nonsense"] = "1" }),
            SetQueueAttributes
        );
        await RefusedButByMotoAsync<InvalidAttributeValueException>(
            () => Sqs.SetQueueAttributesAsync(url, new() { ["VisibilityTimeout"] = "43201" }),
            SetQueueAttributes
        );
    }

    [Fact]
    public async Task A_redrive_policy_names_a_queue_that_exists()
    {
        var url = (await Sqs.CreateQueueAsync(NewName("queue"))).QueueUrl;
        var exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(() =>
            Sqs.SetQueueAttributesAsync(
                url,
                new()
                {
                    ["RedrivePolicy"] =
                        $$"""{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:{{NewName("absent")}}","maxReceiveCount":3}""",
                }
            )
        );
        Assert.Contains(exception.ErrorCode, new[] { "InvalidParameterValue", "AWS.SimpleQueueService.NonExistentQueue" });
    }

    [Fact]
    public async Task Tags_are_kept()
    {
        var url = (await Sqs.CreateQueueAsync(NewName("queue"))).QueueUrl;
        await Sqs.TagQueueAsync(
            new TagQueueRequest
            {
                QueueUrl = url,
                Tags = new() { ["team"] = "data", ["stage"] = "test" },
            }
        );
        await Sqs.UntagQueueAsync(new UntagQueueRequest { QueueUrl = url, TagKeys = ["stage"] });
        var tags = (await Sqs.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = url })).Tags;
        Assert.Equal(new Dictionary<string, string> { ["team"] = "data" }, tags);
    }
}
