using System.Diagnostics;

namespace Aws.Ecs.Messaging;

/// <summary>The name and the attributes that SQS spans share.</summary>
internal static class SqsSpan
{
    public const string MessageId = "messaging.message.id";
    public const string BatchMessageCount = "messaging.batch.message_count";
    public const string RequestId = "aws.request_id";
    public const string CloudRegion = "cloud.region";
    public const string HttpStatusCode = "http.response.status_code";

    /// <summary><c>send jobs</c>: the operation and where to.</summary>
    public static string Name(string operation, string? queueUrl) => $"{operation} {QueueName(queueUrl)}".TrimEnd();

    /// <summary>What each SQS span has.</summary>
    public static ActivityTagsCollection Tags(string operationName, string operationType, string? queueUrl)
    {
        var tags = new ActivityTagsCollection
        {
            ["messaging.system"] = "aws_sqs",
            ["messaging.operation.name"] = operationName,
            ["messaging.operation.type"] = operationType,
        };
        if (QueueName(queueUrl) is { Length: > 0 } queueName)
        {
            tags["messaging.destination.name"] = queueName;
            tags["aws.sqs.queue.url"] = queueUrl;
        }

        return tags;
    }

    /// <summary>What a span of a call to SQS has besides, as the AWS SDK's own spans have it.</summary>
    public static void AddCall(ActivityTagsCollection tags, string? queueUrl, string method, string? region)
    {
        tags["rpc.system"] = "aws-api";
        tags["rpc.service"] = "SQS";
        tags["rpc.method"] = method;
        if (region is not null)
        {
            tags[CloudRegion] = region;
        }

        if (Uri.TryCreate(queueUrl, UriKind.Absolute, out var uri))
        {
            tags["server.address"] = uri.Host;
            tags["server.port"] = uri.Port;
        }
    }

    private static string? QueueName(string? queueUrl) => queueUrl?[(queueUrl.LastIndexOf('/') + 1)..];
}
