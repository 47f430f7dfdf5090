using System.ComponentModel;

namespace OpenTelemetry.Instrumentation.AWS;

/// <summary>The names of the attributes that depend on the conventions' version; null where a version has no such attribute.</summary>
internal sealed record SemanticConventions
{
    private static readonly SemanticConventions V1_28_0 = new() { Version = "1.28.0" };

    private static readonly SemanticConventions V1_29_0 = V1_28_0 with { Version = "1.29.0" };

    private static readonly SemanticConventions V1_40_0 = V1_29_0 with
    {
        Version = "1.40.0",
        RpcSystem = "rpc.system.name",
        ExtendedRequestId = "aws.extended_request_id",
        SqsQueueUrl = "aws.sqs.queue.url",
        SnsTopicArn = "aws.sns.topic.arn",
        MessagingSystem = "messaging.system",
        MessagingDestinationName = "messaging.destination.name",
        MessagingOperationName = "messaging.operation.name",
        MessagingOperationType = "messaging.operation.type",
        MessagingMessageId = "messaging.message.id",
    };

    public required string Version { get; init; }

    public string SchemaUrl => $"https://opentelemetry.io/schemas/{Version}";

    public string RpcSystem { get; private init; } = "rpc.system";

    public string CloudRegion { get; private init; } = "cloud.region";

    public string DbSystem { get; private init; } = "db.system";

    public string DynamoDbTableNames { get; private init; } = "aws.dynamodb.table_names";

    public string S3Bucket { get; private init; } = "aws.s3.bucket";

    public string S3Key { get; private init; } = "aws.s3.key";

    public string SqsQueueUrl { get; private init; } = "aws.queue_url";

    public string? SnsTopicArn { get; private init; }

    public string? ExtendedRequestId { get; private init; }

    public string? MessagingSystem { get; private init; }

    public string? MessagingDestinationName { get; private init; }

    public string? MessagingOperationName { get; private init; }

    public string? MessagingOperationType { get; private init; }

    public string? MessagingMessageId { get; private init; }

    /// <exception cref="InvalidEnumArgumentException">The version is none of the enumeration's.</exception>
    public static SemanticConventions Of(SemanticConventionVersion version) =>
        version switch
        {
            SemanticConventionVersion.Latest or SemanticConventionVersion.V1_40_0 => V1_40_0,
            SemanticConventionVersion.V1_29_0 => V1_29_0,
            SemanticConventionVersion.V1_28_0 => V1_28_0,
            _ => throw new InvalidEnumArgumentException(nameof(version), (int)version, typeof(SemanticConventionVersion)),
        };
}
