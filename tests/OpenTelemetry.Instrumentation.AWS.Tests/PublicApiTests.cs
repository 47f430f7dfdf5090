using System.Reflection;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Instrumentation.AWS.Tests;

public sealed class PublicApiTests
{
    // PublicAPI.Shipped.txt of the official package, as reflection says it.
    private static readonly string[] Official =
    [
        "OpenTelemetry.Instrumentation.AWS.AWSClientInstrumentationOptions: Boolean get_SuppressDownstreamInstrumentation()",
        "OpenTelemetry.Instrumentation.AWS.AWSClientInstrumentationOptions: OpenTelemetry.Instrumentation.AWS.SemanticConventionVersion get_SemanticConventionVersion()",
        "OpenTelemetry.Instrumentation.AWS.AWSClientInstrumentationOptions: Void .ctor()",
        "OpenTelemetry.Instrumentation.AWS.AWSClientInstrumentationOptions: Void set_SemanticConventionVersion(OpenTelemetry.Instrumentation.AWS.SemanticConventionVersion)",
        "OpenTelemetry.Instrumentation.AWS.AWSClientInstrumentationOptions: Void set_SuppressDownstreamInstrumentation(Boolean)",
        "OpenTelemetry.Metrics.MeterProviderBuilderExtensions: OpenTelemetry.Metrics.MeterProviderBuilder AddAWSInstrumentation(OpenTelemetry.Metrics.MeterProviderBuilder)",
        "OpenTelemetry.Trace.TracerProviderBuilderExtensions: OpenTelemetry.Trace.TracerProviderBuilder AddAWSInstrumentation(OpenTelemetry.Trace.TracerProviderBuilder)",
        "OpenTelemetry.Trace.TracerProviderBuilderExtensions: OpenTelemetry.Trace.TracerProviderBuilder AddAWSInstrumentation(OpenTelemetry.Trace.TracerProviderBuilder, System.Action`1[OpenTelemetry.Instrumentation.AWS.AWSClientInstrumentationOptions])",
    ];

    [Fact]
    public void The_public_surface_is_the_official_one()
    {
        var members =
            from type in typeof(AWSClientInstrumentationOptions).Assembly.GetExportedTypes()
            where !type.IsEnum
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .OfType<MethodBase>()
            select $"{type}: {member}";

        Assert.Equal(Official, members.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_versions_of_the_conventions_have_the_official_values()
    {
        Assert.Equal(
            [("Latest", 0), ("V1_28_0", 1), ("V1_29_0", 2), ("V1_40_0", 3)],
            Enum.GetValues<SemanticConventionVersion>().Select(version => (version.ToString(), (int)version))
        );
        Assert.Equal(SemanticConventionVersion.V1_28_0, new AWSClientInstrumentationOptions().SemanticConventionVersion);
        Assert.False(new AWSClientInstrumentationOptions().SuppressDownstreamInstrumentation);
    }

    [Fact]
    public void A_missing_builder_is_refused() =>
        Assert.Throws<ArgumentNullException>(() => ((MeterProviderBuilder)null!).AddAWSInstrumentation());
}
