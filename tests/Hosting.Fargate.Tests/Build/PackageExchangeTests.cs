using System.Text.Json;

namespace Hosting.Fargate.Tests.Build;

/// <summary>Which packages a build takes from polyfills/, and which it leaves to the feed.</summary>
public sealed class PackageExchangeTests
{
    [Fact]
    public async Task A_package_that_has_a_polyfill_becomes_a_reference_to_it()
    {
        var (packages, projects) = await ReferencesAsync("false");
        Assert.DoesNotContain("Aspire.Hosting.AWS", packages);
        Assert.Contains("polyfills/Aspire.Hosting.AWS/Aspire.Hosting.AWS.csproj", projects.Keys);
        Assert.Equal("false", projects["polyfills/Aspire.Hosting.AWS/Aspire.Hosting.AWS.csproj"]);
    }

    [Theory]
    [InlineData("AWSSDK.ECS;AWSSDK.ECR")]
    [InlineData("OpenTelemetry.Instrumentation.AWS")]
    public async Task A_list_of_official_packages_leaves_the_others_exchanged(string list)
    {
        var (packages, projects) = await ReferencesAsync(list);
        Assert.DoesNotContain("Aspire.Hosting.AWS", packages);
        Assert.Contains("polyfills/Aspire.Hosting.AWS/Aspire.Hosting.AWS.csproj", projects.Keys);
    }

    [Fact]
    public async Task A_list_of_official_packages_keeps_those_that_it_names()
    {
        string[] named = ["Aspire.Hosting.AWS", "AWSSDK.CloudWatchLogs"];
        var (packages, projects) = await ReferencesAsync(string.Join(';', named));
        Assert.All(named, package => Assert.Contains(package, packages));
        Assert.DoesNotContain(projects.Keys, project => named.Any(package => project == $"polyfills/{package}/{package}.csproj"));
    }

    [Fact]
    public async Task All_official_packages_leave_no_polyfill()
    {
        var (packages, projects) = await ReferencesAsync("true");
        Assert.Contains("Aspire.Hosting", packages);
        Assert.DoesNotContain(projects.Keys, project => project.StartsWith("polyfills/", StringComparison.Ordinal));
    }

    private static async Task<(string[] Packages, Dictionary<string, string> Projects)> ReferencesAsync(
        string officialPackages,
        string project = "src/Hosting.Fargate/Hosting.Fargate.csproj"
    )
    {
        var (exitCode, output) = await Repository.DotnetAsync(
            ["msbuild", project, "-nologo", "-getItem:PackageReference,ProjectReference"],
            ("UseOfficialPackages", officialPackages)
        );
        Assert.True(exitCode == 0, output);

        var items = JsonDocument.Parse(output).RootElement.GetProperty("Items");
        return (
            [.. items.GetProperty("PackageReference").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)],
            items
                .GetProperty("ProjectReference")
                .EnumerateArray()
                .ToDictionary(
                    item => Path.GetRelativePath(Repository.Root, item.GetProperty("FullPath").GetString()!).Replace('\\', '/'),
                    item => item.TryGetProperty("IsAspireProjectResource", out var isResource) ? isResource.GetString()! : ""
                )
        );
    }
}
