using System.Reflection;

namespace OpenTelemetry.Resources.AWS.Tests;

public sealed class PublicApiTests
{
    // Of PublicAPI.Shipped.txt of the official package what is here, as reflection says it.
    private static readonly string[] Official =
    [
        "OpenTelemetry.Resources.AWS.AWSResourceBuilderOptions: OpenTelemetry.Resources.AWS.SemanticConventionVersion get_SemanticConventionVersion()",
        "OpenTelemetry.Resources.AWS.AWSResourceBuilderOptions: Void .ctor()",
        "OpenTelemetry.Resources.AWS.AWSResourceBuilderOptions: Void set_SemanticConventionVersion(OpenTelemetry.Resources.AWS.SemanticConventionVersion)",
        "OpenTelemetry.Resources.AWSResourceBuilderExtensions: OpenTelemetry.Resources.ResourceBuilder AddAWSECSDetector(OpenTelemetry.Resources.ResourceBuilder, System.Action`1[OpenTelemetry.Resources.AWS.AWSResourceBuilderOptions])",
    ];

    [Fact]
    public void The_public_surface_is_the_official_one()
    {
        var members =
            from type in typeof(AWSResourceBuilderOptions).Assembly.GetExportedTypes()
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
        Assert.Equal(SemanticConventionVersion.V1_28_0, new AWSResourceBuilderOptions().SemanticConventionVersion);
    }

    [Fact]
    public void A_missing_builder_is_refused() => Assert.Throws<ArgumentNullException>(() => ((ResourceBuilder)null!).AddAWSECSDetector());
}
