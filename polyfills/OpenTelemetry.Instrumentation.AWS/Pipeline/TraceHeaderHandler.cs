using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Telemetry;

namespace OpenTelemetry.Instrumentation.AWS.Pipeline;

/// <summary>
/// Sends the span as <c>X-Amzn-Trace-Id</c>, which AWS services pass on.
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
/// </summary>
internal sealed class TraceHeaderHandler : PipelineHandler
{
    private const string HeaderName = "X-Amzn-Trace-Id";

    public override void InvokeSync(IExecutionContext executionContext)
    {
        Inject(executionContext.RequestContext.Request);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Inject(executionContext.RequestContext.Request);
        return base.InvokeAsync<T>(executionContext);
    }

    private static void Inject(IRequest request)
    {
        if (
            Activity.Current is { } activity
            && activity.Source.Name.StartsWith(TelemetryConstants.TelemetryScopePrefix, StringComparison.Ordinal)
        )
        {
            var traceId = activity.TraceId.ToHexString();
            request.Headers[HeaderName] =
                $"Root=1-{traceId[..8]}-{traceId[8..]};Parent={activity.SpanId};Sampled={(activity.Recorded ? 1 : 0)}";
        }
    }
}
