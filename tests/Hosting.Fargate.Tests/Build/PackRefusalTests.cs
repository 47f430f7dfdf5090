namespace Hosting.Fargate.Tests.Build;

/// <summary>What is not packed.</summary>
public sealed class PackRefusalTests : IDisposable
{
    private const string Project = "src/Hosting.Fargate/Hosting.Fargate.csproj";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pack-refusal-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("false")]
    [InlineData("AWSSDK.S3")]
    public async Task Over_polyfills_nothing_is_packed(string officialPackages)
    {
        // Neither restore nor build comes before the refusal.
        AssertRefused(
            await Repository.DotnetAsync(
                ["msbuild", Project, "-t:Pack", "-nologo", $"-p:PackageOutputPath={_folder.FullName}"],
                ("UseOfficialPackages", officialPackages)
            )
        );
    }

    [Fact]
    public async Task Of_the_solution_no_other_project_makes_a_package()
    {
        AssertRefused(
            await Repository.DotnetAsync([
                "pack",
                "Aspire.sln",
                "-c",
                Repository.Configuration,
                "--no-restore",
                "--no-build",
                "-o",
                _folder.FullName,
            ])
        );
    }

    private void AssertRefused((int ExitCode, string Output) result)
    {
        Assert.Equal(1, result.ExitCode);
        var said = Assert.Single(result.Output.Split('\n'), line =>
            line.Contains("error", StringComparison.Ordinal) || line.Contains("warning", StringComparison.Ordinal)
        );
        Assert.Contains(
            ": error : Hosting.Fargate is not packed over polyfills: its package would depend on stand-ins that are in no feed, in place of "
                + $"{string.Join(", ", PackageDeclarations.PackagesOf(Project).Where(PackageDeclarations.HasPolyfill))}. "
                + "Run `UseOfficialPackages=true dotnet pack src/Hosting.Fargate` with a feed that has the official packages.",
            said
        );
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }
}
