using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Aws.Ecs.Telemetry.Sampling;

/// <summary>
/// Drops what is done for a request that is kept out of the traces, as health checks and long polls are. Samplers that go by the parent do
/// so by themselves; others would make each step of such a request a trace of its own.
/// </summary>
internal sealed class LeftOutSampler(Sampler others) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        IsLeftOut(samplingParameters.ParentContext) ? new SamplingResult(SamplingDecision.Drop) : others.ShouldSample(samplingParameters);

    // Such a request has an activity without data.
    private static bool IsLeftOut(ActivityContext parent) =>
        Activity.Current is { IsAllDataRequested: false } current && current.SpanId == parent.SpanId;
}
