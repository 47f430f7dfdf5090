namespace OpenTelemetry.Resources.AWS;

/// <summary>Options for the detectors of AWS resources.</summary>
public class AWSResourceBuilderOptions
{
    /// <summary>
    /// How attributes are named. <see cref="SemanticConventionVersion.V1_28_0"/> unless set. Those of Amazon ECS have had the same names
    /// in all of them: what differs is the schema URL of the resource.
    /// </summary>
    public SemanticConventionVersion SemanticConventionVersion { get; set; } = SemanticConventionVersion.V1_28_0;
}
