using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;
using Aws.Ecs.Telemetry;
using OpenTelemetry;

namespace Aws.Ecs.Messaging;

/// <summary>
/// Makes a messaging operation one span: ours, in place of the AWS SDK's span of the same call and of what is below it, which
/// are suppressed. The kind of a span cannot be changed, and the SDK's is CLIENT where the conventions want PRODUCER.
/// </summary>
internal sealed class SqsCallHandler : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext) =>
        CallAsync(executionContext, () =>
            {
                base.InvokeSync(executionContext);
                return Task.FromResult(executionContext.ResponseContext.Response);
            })
            .GetAwaiter()
            .GetResult();

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext) =>
        CallAsync(executionContext, () => base.InvokeAsync<T>(executionContext));

    private static Task<T> CallAsync<T>(IExecutionContext context, Func<Task<T>> call)
        where T : AmazonWebServiceResponse
    {
        var request = context.RequestContext.OriginalRequest;
        return SqsOperation.Of(request) switch
        {
            null => call(),
            { Name: "receive" } operation => ReceiveAsync(operation, (ReceiveMessageRequest)request, context.RequestContext, call),
            var operation => SendOrSettleAsync(operation, request, context.RequestContext, call),
        };
    }

    private static async Task<T> SendOrSettleAsync<T>(
        SqsOperation operation,
        AmazonWebServiceRequest request,
        IRequestContext context,
        Func<Task<T>> call
    )
        where T : AmazonWebServiceResponse
    {
        using var activity = operation.Start(Region(context));
        using var injection = SqsInjection.Into(request, (activity ?? Activity.Current)?.Context ?? default);
        try
        {
            using var suppression = SuppressInstrumentationScope.Begin();
            var response = await call().ConfigureAwait(false);
            AddResponse(activity, response);
            return response;
        }
        catch (Exception exception)
        {
            activity.SetFailure(exception);
            throw;
        }
    }

    // A worker asks again and again: only a receive that got messages or failed is worth a span, made afterwards.
    private static async Task<T> ReceiveAsync<T>(
        SqsOperation operation,
        ReceiveMessageRequest request,
        IRequestContext context,
        Func<Task<T>> call
    )
        where T : AmazonWebServiceResponse
    {
        SqsReceive.AskForContext(request);
        var startTime = DateTimeOffset.UtcNow;
        try
        {
            T response;
            using (SuppressInstrumentationScope.Begin())
            {
                response = await call().ConfigureAwait(false);
            }

            if (response is ReceiveMessageResponse { Messages: { Count: > 0 } messages })
            {
                using var activity = (operation with { BatchCount = messages.Count }).Start(
                    Region(context),
                    SqsReceive.LinksTo(messages),
                    startTime
                );
                AddResponse(activity, response);
            }

            return response;
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            using var activity = operation.Start(Region(context), links: null, startTime);
            activity.SetFailure(exception);
            throw;
        }
    }

    private static string? Region(IRequestContext context) => context.ClientConfig.RegionEndpoint?.SystemName;

    private static void AddResponse(Activity? activity, AmazonWebServiceResponse response)
    {
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        activity.SetTag(SqsSpan.RequestId, response.ResponseMetadata?.RequestId);
        activity.SetTag(SqsSpan.HttpStatusCode, (int)response.HttpStatusCode);
        switch (response)
        {
            case SendMessageResponse sent:
                activity.SetTag(SqsSpan.MessageId, sent.MessageId);
                break;
            case ReceiveMessageResponse { Messages: [var message] }:
                activity.SetTag(SqsSpan.MessageId, message.MessageId);
                break;
            case SendMessageBatchResponse { Failed: { Count: > 0 } failed }:
                SetFailure(activity, failed);
                break;
            case DeleteMessageBatchResponse { Failed: { Count: > 0 } failed }:
                SetFailure(activity, failed);
                break;
            case ChangeMessageVisibilityBatchResponse { Failed: { Count: > 0 } failed }:
                SetFailure(activity, failed);
                break;
        }
    }

    // The SDK throws nothing where only a part of a batch failed.
    private static void SetFailure(Activity activity, List<BatchResultErrorEntry> failed) =>
        activity
            .SetTag(ActivityFailureExtensions.ErrorType, failed[0].Code)
            .SetStatus(ActivityStatusCode.Error, $"{failed.Count} of the batch failed: {failed[0].Message ?? failed[0].Code}");
}
