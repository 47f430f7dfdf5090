namespace Hosting.Fargate.Tests.Build;

/// <summary>One style, which a tool holds.</summary>
public sealed class LayoutTests
{
    [Fact]
    public async Task The_code_is_laid_out_by_CSharpier()
    {
        var (missing, _) = await Repository.DotnetAsync(["csharpier", "--version"]);
        Assert.SkipWhen(missing != 0, "CSharpier is not here: dotnet tool restore.");
        var (exitCode, output) = await Repository.DotnetAsync(["csharpier", "check", "."]);
        Assert.True(exitCode == 0, $"dotnet csharpier format . has something to do.\n{output}");
    }
}
