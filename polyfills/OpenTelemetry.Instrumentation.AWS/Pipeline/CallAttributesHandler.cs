using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Telemetry;

namespace OpenTelemetry.Instrumentation.AWS.Pipeline;

/// <summary>Adds to the SDK's span what is known of the call, and the trace context to an SQS message.</summary>
internal sealed class CallAttributesHandler(AWSClientInstrumentationOptions options) : PipelineHandler
{
    private readonly CallAttributes _attributes = new(SemanticConventions.Of(options.SemanticConventionVersion));

    public override void InvokeSync(IExecutionContext executionContext)
    {
        using var suppression = Suppression();
        var activity = Begin(executionContext.RequestContext);
        base.InvokeSync(executionContext);
        End(activity, executionContext);
    }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        using var suppression = Suppression();
        var activity = Begin(executionContext.RequestContext);
        var response = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        End(activity, executionContext);
        return response;
    }

    private IDisposable? Suppression() => options.SuppressDownstreamInstrumentation ? SuppressInstrumentationScope.Begin() : null;

    // The current activity is the SDK's span, unless that is not recorded: then it is the caller's, to be propagated but not
    // written to. Propagation does not depend on sampling, or the next service would decide anew.
    private Activity? Begin(IRequestContext context)
    {
        if (Activity.Current is not { } activity)
        {
            return null;
        }

        var recorded =
            activity.IsAllDataRequested
            && activity.Source.Name.StartsWith(TelemetryConstants.TelemetryScopePrefix, StringComparison.Ordinal);
        if (recorded)
        {
            _attributes.AddRequest(activity, context);
        }

        SqsMessageAttributes.Inject(activity.Context, context.OriginalRequest);
        return recorded ? activity : null;
    }

    private void End(Activity? activity, IExecutionContext context)
    {
        if (activity is not null)
        {
            _attributes.AddResponse(activity, context.ResponseContext, context.RequestContext.ServiceMetaData.ServiceId);
        }
    }
}
