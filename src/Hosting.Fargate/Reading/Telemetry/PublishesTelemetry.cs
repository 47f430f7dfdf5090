using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>Whether a resource sends OTLP: projects do, and containers that the model says it of (WithOtlpExporter).</summary>
internal static class PublishesTelemetry
{
    public static bool Of(IResource resource) => resource is ProjectResource || resource.HasAnnotationOfType<OtlpExporterAnnotation>();
}
