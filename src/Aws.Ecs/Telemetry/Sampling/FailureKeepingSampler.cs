using OpenTelemetry.Trace;

namespace Aws.Ecs.Telemetry.Sampling;

/// <summary>
/// Samples what another sampler does, and has the rest recorded but not sampled, so that <see cref="FailureKeepingProcessor"/> can still
/// decide. What is called downstream learns the head's decision: its parts of a trace that is kept later are kept where it fails too.
/// </summary>
internal sealed class FailureKeepingSampler(Sampler head) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = head.ShouldSample(samplingParameters);
        return result.Decision != SamplingDecision.Drop
            ? result
            : new SamplingResult(SamplingDecision.RecordOnly, result.Attributes, result.TraceStateString);
    }
}
