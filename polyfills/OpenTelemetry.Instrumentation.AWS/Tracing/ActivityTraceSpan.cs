using System.Diagnostics;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;

namespace OpenTelemetry.Instrumentation.AWS.Tracing;

/// <summary>A span of the SDK on an activity; without one (not sampled, suppressed, nobody listens) it does nothing.</summary>
internal sealed class ActivityTraceSpan : TraceSpan
{
    private readonly Activity? _activity;

    public ActivityTraceSpan(Activity? activity)
    {
        _activity = activity;
        Name = activity?.DisplayName;
    }

    public override void EmitEvent(string name, Attributes? attributes = null)
    {
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.AddEvent(
                new ActivityEvent(name, tags: attributes is null ? null : new ActivityTagsCollection(attributes.AllAttributes!))
            );
        }
    }

    public override void SetAttribute(string key, object value)
    {
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.SetTag(key, value);
        }
    }

    public override void SetStatus(SpanStatus status)
    {
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.SetStatus(
                status switch
                {
                    SpanStatus.OK => ActivityStatusCode.Ok,
                    SpanStatus.ERROR => ActivityStatusCode.Error,
                    _ => ActivityStatusCode.Unset,
                }
            );
        }
    }

    public override void RecordException(Exception exception, Attributes? attributes = null)
    {
        if (_activity is { IsAllDataRequested: true })
        {
            TagList tags = attributes is null ? default : new TagList([.. attributes.AllAttributes!]);
            _activity.AddException(exception, tags);
            _activity.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    public override void End() => _activity?.Stop();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _activity?.Dispose();
        }

        base.Dispose(disposing);
    }
}
