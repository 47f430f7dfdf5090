using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What of a compiled program is its content: the same sources are the same image, whoever compiles them and when.</summary>
public sealed class ProgramContentTests : IDisposable
{
    private const string Written = """
        public static partial class First { private static int s_one = System.Environment.TickCount; public static int Get() => Value() + s_one; }
        public static partial class Second { public static int Get() => Value(); }
        """;

    private const string OfFirst =
        "public static partial class First { private static int s_two = System.Environment.TickCount; private static int Value() => s_two; }\n";
    private const string OfSecond = "public static partial class Second { private static int Value() => 2; }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("program-content-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>As the generator of log messages up to .NET 10 has them: https://github.com/dotnet/runtime/issues/119587.</summary>
    [Fact]
    public async Task The_order_of_what_a_generator_makes_is_none()
    {
        var one = await CompileAsync(Written, OfFirst + OfSecond);
        var other = await CompileAsync(Written, OfSecond + OfFirst);

        Assert.NotEqual(one.Bytes, other.Bytes);
        Assert.Equal(one.Hashes, other.Hashes);
    }

    [Fact]
    public async Task Another_line_of_a_source_is_content_and_so_is_what_a_generator_makes()
    {
        var one = await CompileAsync(Written, OfFirst + OfSecond);

        var moved = await CompileAsync("\n" + Written, OfFirst + OfSecond);
        Assert.Equal(one.Hashes[0], moved.Hashes[0]);
        Assert.NotEqual(one.Hashes[1], moved.Hashes[1]);

        var changed = await CompileAsync(Written, OfFirst + OfSecond.Replace('2', '3'));
        Assert.NotEqual(one.Hashes[0], changed.Hashes[0]);
    }

    /// <summary>Compiles a source and a generated one, whose text goes into the symbols as the SDK has it.</summary>
    /// <returns>The symbols as they are, and the content of program and symbols.</returns>
    private async Task<(string Bytes, string[] Hashes)> CompileAsync(string written, string generated)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compiler = Directory
            .GetDirectories(Path.Combine(runtime, "..", "..", "..", "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .Last();
        string PathOf(string name) => Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(PathOf("Written.cs"), written, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(PathOf("Generated.g.cs"), generated, TestContext.Current.CancellationToken);
        var run = await ProcessRun.StartAsync(
            "dotnet",
            [
                "exec",
                compiler,
                "-noLogo",
                "-noStdLib",
                "-target:library",
                "-deterministic",
                "-debug:portable",
                $"-reference:{Path.Combine(runtime, "System.Private.CoreLib.dll")}",
                "-out:Program.dll",
                "-embed:Generated.g.cs",
                "Written.cs",
                "Generated.g.cs",
            ],
            _folder.FullName
        );
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);

        List<string> hashes = [];
        foreach (var file in new[] { "Program.dll", "Program.pdb" })
        {
            hashes.Add(Convert.ToHexString(await ProgramContent.HashAsync(PathOf(file), TestContext.Current.CancellationToken)));
        }

        return (
            Convert.ToHexString(await File.ReadAllBytesAsync(PathOf("Program.pdb"), TestContext.Current.CancellationToken)),
            [.. hashes]
        );
    }
}
