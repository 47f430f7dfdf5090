namespace OpenTelemetry.Instrumentation.AWS;

/// <summary>Options for the instrumentation of AWS SDK clients.</summary>
public class AWSClientInstrumentationOptions
{
    /// <summary>
    /// Whether what happens below a call (signing, HTTP requests) is kept out of the traces, so that a call is one span.
    /// </summary>
    public bool SuppressDownstreamInstrumentation { get; set; }

    /// <summary>How attributes are named. <see cref="SemanticConventionVersion.V1_28_0"/> unless set.</summary>
    public SemanticConventionVersion SemanticConventionVersion { get; set; } = SemanticConventionVersion.V1_28_0;
}
