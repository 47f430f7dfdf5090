using OpenTelemetry.Resources.AWS;

namespace OpenTelemetry.Resources;

/// <summary>Registers the detectors of AWS resources.</summary>
public static class AWSResourceBuilderExtensions
{
    /// <summary>
    /// Adds the attributes of the task and of the container that the process runs in on Amazon ECS; elsewhere it adds nothing. The task
    /// metadata endpoint is asked while the resource is built, synchronously.
    /// </summary>
    /// <param name="builder">The resource to add to.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static ResourceBuilder AddAWSECSDetector(this ResourceBuilder builder, Action<AWSResourceBuilderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new AWSResourceBuilderOptions();
        configure?.Invoke(options);
        return builder.AddDetector(new EcsDetector(SchemaUrl(options.SemanticConventionVersion)));
    }

    private static string SchemaUrl(SemanticConventionVersion version) =>
        version switch
        {
            SemanticConventionVersion.V1_28_0 => "https://opentelemetry.io/schemas/1.28.0",
            SemanticConventionVersion.V1_29_0 => "https://opentelemetry.io/schemas/1.29.0",
            _ => "https://opentelemetry.io/schemas/1.40.0",
        };
}
