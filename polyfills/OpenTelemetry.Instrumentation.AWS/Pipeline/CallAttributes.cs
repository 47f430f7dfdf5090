using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Amazon.Runtime;
using Amazon.Util;

namespace OpenTelemetry.Instrumentation.AWS.Pipeline;

/// <summary>
/// What a request and its response tell of a call. A service's own properties are read by name, since no service package but
/// SQS is referenced. The names that the SDK sets itself (<c>rpc.service</c>, <c>rpc.method</c>, <c>aws.request_id</c>) are not repeated.
/// </summary>
internal sealed class CallAttributes(SemanticConventions conventions)
{
    // The types are those of requests and responses in use, so this is bounded.
    private static readonly ConcurrentDictionary<(Type Type, string Name), PropertyInfo?> Properties = new();

    public void AddRequest(Activity activity, IRequestContext context)
    {
        var request = context.OriginalRequest;
        switch (context.ServiceMetaData.ServiceId)
        {
            case "S3":
                Set(activity, conventions.S3Bucket, Value(request, "BucketName"));
                Set(activity, conventions.S3Key, Value(request, "Key"));
                break;
            case "DynamoDB":
                Set(activity, conventions.DynamoDbTableNames, Value(request, "TableName") is { } table ? new[] { table } : null);
                Set(activity, conventions.DbSystem, "dynamodb");
                break;
            case "SQS":
                var queueUrl = Value(request, "QueueUrl");
                Set(activity, conventions.SqsQueueUrl, queueUrl);
                AddMessaging(activity, "aws_sqs", LastSegment(queueUrl, '/'), request);
                if (conventions.MessagingSystem is not null && Uri.TryCreate(queueUrl, UriKind.Absolute, out var queue))
                {
                    Set(activity, "server.address", queue.Host);
                }

                break;
            case "SNS":
                var topicArn = Value(request, "TopicArn");
                Set(activity, conventions.SnsTopicArn, topicArn);
                AddMessaging(activity, "aws.sns", LastSegment(topicArn, ':'), request);
                break;
        }

        Set(activity, conventions.CloudRegion, context.ClientConfig?.RegionEndpoint?.SystemName);
        Set(activity, conventions.RpcSystem, "aws-api");
    }

    public void AddResponse(Activity activity, IResponseContext context, string serviceId)
    {
        if (conventions.ExtendedRequestId is not null && context.HttpResponse?.IsHeaderPresent(HeaderKeys.XAmzId2Header) == true)
        {
            Set(activity, conventions.ExtendedRequestId, context.HttpResponse.GetHeaderValue(HeaderKeys.XAmzId2Header));
        }

        if (serviceId is "SQS" or "SNS" && context.Response is { } response)
        {
            Set(activity, conventions.MessagingMessageId, Value(response, "MessageId"));
        }
    }

    private void AddMessaging(Activity activity, string system, string? destination, AmazonWebServiceRequest request)
    {
        var operation = OperationName(request);
        Set(activity, conventions.MessagingSystem, system);
        Set(activity, conventions.MessagingDestinationName, destination);
        Set(activity, conventions.MessagingOperationName, operation);
        Set(
            activity,
            conventions.MessagingOperationType,
            operation switch
            {
                "SendMessage" or "SendMessageBatch" or "Publish" or "PublishBatch" => "send",
                "ReceiveMessage" => "receive",
                _ => null,
            }
        );
    }

    private static string OperationName(AmazonWebServiceRequest request)
    {
        var name = request.GetType().Name;
        return name.EndsWith("Request", StringComparison.Ordinal) ? name[..^"Request".Length] : name;
    }

    private static string? LastSegment(string? value, char separator) =>
        value is not null && value.LastIndexOf(separator) is var index and >= 0 && index < value.Length - 1 ? value[(index + 1)..] : null;

    private static string? Value(object source, string property) =>
        Properties.GetOrAdd((source.GetType(), property), static key => key.Type.GetProperty(key.Name))?.GetValue(source) as string;

    private static void Set(Activity activity, string? name, object? value)
    {
        if (name is not null && value is not null)
        {
            activity.SetTag(name, value);
        }
    }
}
