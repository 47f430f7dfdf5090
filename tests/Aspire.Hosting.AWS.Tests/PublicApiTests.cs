using System.Reflection;

namespace Aspire.Hosting.AWS.Tests;

public sealed class PublicApiTests
{
    // The part of the official package's public surface that is here, as reflection says it.
    private static readonly string[] Official =
    [
        "Aspire.Hosting.AWS.IAWSSDKConfig: Amazon.RegionEndpoint get_Region()",
        "Aspire.Hosting.AWS.IAWSSDKConfig: Boolean get_SDKValidationEnabled()",
        "Aspire.Hosting.AWS.IAWSSDKConfig: System.String get_Profile()",
        "Aspire.Hosting.AWS.IAWSSDKConfig: Void set_Profile(System.String)",
        "Aspire.Hosting.AWS.IAWSSDKConfig: Void set_Region(Amazon.RegionEndpoint)",
        "Aspire.Hosting.AWS.IAWSSDKConfig: Void set_SDKValidationEnabled(Boolean)",
        "Aspire.Hosting.SDKResourceExtensions: Aspire.Hosting.AWS.IAWSSDKConfig AddAWSSDKConfig(Aspire.Hosting.IDistributedApplicationBuilder)",
        "Aspire.Hosting.SDKResourceExtensions: Aspire.Hosting.AWS.IAWSSDKConfig WithProfile(Aspire.Hosting.AWS.IAWSSDKConfig, System.String)",
        "Aspire.Hosting.SDKResourceExtensions: Aspire.Hosting.AWS.IAWSSDKConfig WithRegion(Aspire.Hosting.AWS.IAWSSDKConfig, Amazon.RegionEndpoint)",
        "Aspire.Hosting.SDKResourceExtensions: Aspire.Hosting.AWS.IAWSSDKConfig WithRegion(Aspire.Hosting.AWS.IAWSSDKConfig, System.String)",
        "Aspire.Hosting.SDKResourceExtensions: Aspire.Hosting.AWS.IAWSSDKConfig WithSdkValidation(Aspire.Hosting.AWS.IAWSSDKConfig, Boolean)",
        "Aspire.Hosting.SDKResourceExtensions: Aspire.Hosting.ApplicationModel.IResourceBuilder`1[TDestination] WithReference[TDestination](Aspire.Hosting.ApplicationModel.IResourceBuilder`1[TDestination], Aspire.Hosting.AWS.IAWSSDKConfig)",
    ];

    [Fact]
    public void The_public_surface_is_the_official_one()
    {
        var members =
            from type in typeof(IAWSSDKConfig).Assembly.GetExportedTypes()
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .OfType<MethodBase>()
            select $"{type}: {member}";

        Assert.Equal(Official, members.Order(StringComparer.Ordinal));
    }
}
