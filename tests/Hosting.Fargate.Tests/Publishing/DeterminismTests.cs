using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>The same model gives the same bytes, wherever and whenever it is published.</summary>
public sealed class DeterminismTests
{
    private const string DigestVariable = "MATRIX_DIGEST_FILE";

    [Fact]
    public async Task The_same_model_gives_the_same_bytes_again_in_one_process()
    {
        var first = Digests(await TemplateMatrix.Models);
        if (Environment.GetEnvironmentVariable(DigestVariable) is { } file)
        {
            // The process of the test below.
            string[] lines = [$"{CultureInfo.CurrentCulture.Name} {TimeZoneInfo.Local.Id}", .. first];
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(first, Digests(await TemplateMatrix.PublishAsync()));
    }

    /// <summary>
    /// Cultures that write numbers, the minus and the letter i otherwise, or from right to left; in other places and at other times.
    /// </summary>
    [Theory]
    [InlineData("tr_TR.UTF-8", "tr-TR", "Pacific/Kiritimati")]
    [InlineData("ar_SA.UTF-8", "ar-SA", "America/St_Johns")]
    public async Task The_same_model_gives_the_same_bytes_under_another_culture_time_zone_and_directory(
        string locale,
        string culture,
        string timeZone
    )
    {
        var folder = Directory.CreateTempSubdirectory("elsewhere-");
        try
        {
            var digests = Path.Combine(folder.FullName, "digests");
            var run = await ProcessRun.StartAsync(
                "dotnet",
                [
                    "exec",
                    "--runtimeconfig",
                    RuntimeWithCultures(folder.FullName),
                    "--depsfile",
                    OfTests(".deps.json"),
                    OfTests(".dll"),
                    "-method",
                    $"{GetType().FullName}.{nameof(The_same_model_gives_the_same_bytes_again_in_one_process)}",
                ],
                folder.FullName,
                new Dictionary<string, string>
                {
                    ["LC_ALL"] = locale,
                    ["TZ"] = timeZone,
                    [DigestVariable] = digests,
                }
            );
            Assert.SkipWhen(
                run.Errors.Contains("ICU", StringComparison.Ordinal),
                ".NET finds no ICU here, which knows cultures; install with: apt install libicu-dev"
            );
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            var lines = await File.ReadAllLinesAsync(digests, TestContext.Current.CancellationToken);
            Assert.Equal($"{culture} {timeZone}", lines[0]);
            Assert.Equal(Digests(await TemplateMatrix.Models), lines[1..]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Digests(IReadOnlyList<TemplateMatrix.Row> rows) =>
        [
            .. from row in rows
            from publication in row.Publications
            from file in publication.Files
            select $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Content)))} {file.Name} of {row.Name}",
        ];

    private static string OfTests(string extension) =>
        Path.Combine(AppContext.BaseDirectory, typeof(DeterminismTests).Assembly.GetName().Name + extension);

    /// <summary>The tests run without cultures, and AppHosts with them.</summary>
    private static string RuntimeWithCultures(string folder)
    {
        var configuration = JsonNode.Parse(File.ReadAllText(OfTests(".runtimeconfig.json")))!;
        configuration["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = false;
        configuration["runtimeOptions"]!["configProperties"]!["System.Globalization.PredefinedCulturesOnly"] = false;
        var path = Path.Combine(folder, "cultures.runtimeconfig.json");
        File.WriteAllText(path, configuration.ToJsonString());
        return path;
    }
}
