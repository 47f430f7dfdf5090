using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;

namespace ServiceDefaults.Tests.Aws;

/// <summary>As much of SQS as shows what goes through it: a queue that gives each message once, with the attributes asked for.</summary>
internal sealed class MemoryQueue : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonObject> _messages = new();
    private AwsServer? _server;

    private MemoryQueue() { }

    public AwsServer Server => _server!;

    public string Url => $"{Server.Address}/000000000000/{Name}";

    /// <summary>Different in each test: the spans of all tests of this process are seen by all.</summary>
    public string Name { get; } = $"jobs-{Guid.NewGuid():n}";

    /// <summary>Answers in place of the queue, where a test wants a failure.</summary>
    public Func<AwsRequest, AwsAnswer?> Instead { get; set; } = _ => null;

    public static async Task<MemoryQueue> StartAsync()
    {
        var queue = new MemoryQueue();
        queue._server = await AwsServer.StartAsync(request => queue.Instead(request) ?? queue.Answer(request));
        return queue;
    }

    public AmazonSQSClient CreateClient() =>
        new(
            new BasicAWSCredentials("access", "secret"),
            new AmazonSQSConfig
            {
                ServiceURL = Server.Address,
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            }
        );

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private AwsAnswer Answer(AwsRequest request)
    {
        var input = JsonNode.Parse(request.Body)!.AsObject();
        var output = request.Operation switch
        {
            "SendMessage" => Send(input),
            "SendMessageBatch" => new JsonObject
            {
                ["Successful"] = new JsonArray([.. input["Entries"]!.AsArray().Select(entry => Send(entry!.AsObject()))]),
            },
            "ReceiveMessage" => Receive(input),
            "DeleteMessage" or "ChangeMessageVisibility" => [],
            "DeleteMessageBatch" => new JsonObject
            {
                ["Failed"] = new JsonArray(
                    new JsonObject
                    {
                        ["Id"] = "0",
                        ["Code"] = "ReceiptHandleIsInvalid",
                        ["SenderFault"] = true,
                    }
                ),
            },
            _ => throw new NotSupportedException(request.Operation),
        };
        return new AwsAnswer(200, output.ToJsonString());
    }

    private JsonObject Send(JsonObject input)
    {
        var body = (string)input["MessageBody"]!;
        var messageId = Guid.NewGuid().ToString();
        _messages.Enqueue(
            new JsonObject
            {
                ["MessageId"] = messageId,
                ["ReceiptHandle"] = messageId,
                ["Body"] = body,
                ["MD5OfBody"] = Md5(body),
                ["MessageAttributes"] = input["MessageAttributes"]?.DeepClone(),
                ["SystemAttributes"] = input["MessageSystemAttributes"]?.DeepClone(),
            }
        );
        return new JsonObject
        {
            ["Id"] = (string?)input["Id"],
            ["MessageId"] = messageId,
            ["MD5OfMessageBody"] = Md5(body),
        };
    }

    private JsonObject Receive(JsonObject input)
    {
        var messages = new JsonArray();
        while (messages.Count < ((int?)input["MaxNumberOfMessages"] ?? 1) && _messages.TryDequeue(out var message))
        {
            var attributes = Asked(message["MessageAttributes"], input["MessageAttributeNames"]);
            if (attributes.Count > 0)
            {
                message["MessageAttributes"] = attributes;
            }
            else
            {
                message.Remove("MessageAttributes");
            }

            var systemAttributes = Asked(message["SystemAttributes"], input["MessageSystemAttributeNames"]);
            message["Attributes"] = new JsonObject(
                systemAttributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!["StringValue"]?.DeepClone()))
            );
            message.Remove("SystemAttributes");
            messages.Add(message);
        }

        return messages.Count == 0 ? [] : new JsonObject { ["Messages"] = messages };
    }

    private static JsonObject Asked(JsonNode? attributes, JsonNode? names) =>
        new(
            from attribute in attributes?.AsObject() ?? []
            where (names?.AsArray() ?? []).Any(name => (string?)name == attribute.Key || (string?)name == "All")
            select KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone())
        );

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
