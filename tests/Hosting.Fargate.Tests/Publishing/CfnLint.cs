using System.ComponentModel;
using System.Text.Json;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>cfn-lint, which knows the schemas of CloudFormation's resources: https://github.com/aws-cloudformation/cfn-lint.</summary>
internal static class CfnLint
{
    /// <summary>So many templates take longer than a start does.</summary>
    private const int Many = 8;

    /// <summary>Looks at all files in one process; at many in as many as there are processors.</summary>
    /// <param name="files">Templates, by a name that says which each is.</param>
    /// <returns>The errors and warnings, one a line.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyList<(string Name, string Content)> files)
    {
        var folder = Directory.CreateTempSubdirectory("cfn-lint-");
        try
        {
            Dictionary<string, string> names = [];
            foreach (var (index, file) in files.DistinctBy(file => file.Content).Index())
            {
                var path = Path.Combine(folder.FullName, $"{index}{Path.GetExtension(file.Name)}");
                names[path] = file.Name;
                await File.WriteAllTextAsync(path, file.Content, TestContext.Current.CancellationToken);
            }

            var processes = names.Count < Many ? 1 : Environment.ProcessorCount;
            var found = await Task.WhenAll(
                Enumerable
                    .Range(0, processes)
                    .Select(index => names.Keys.Where((_, file) => file % processes == index).ToList())
                    .Where(paths => paths.Count > 0)
                    .Select(paths => CheckAsync(paths, names))
            );
            return [.. found.SelectMany(matches => matches)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(IEnumerable<string> paths, Dictionary<string, string> names)
    {
        var run = await RunAsync(["--format", "json", "--regions", "us-east-1", "--", .. paths]);
        Assert.True(run.Output.TrimStart().StartsWith('['), $"cfn-lint ended with {run.ExitCode}:\n{run.Output}{run.Errors}");
        using var found = JsonDocument.Parse(run.Output);
        return [.. found.RootElement.EnumerateArray().Select(match => Describe(match, names))];
    }

    private static async Task<ProcessRun> RunAsync(string[] arguments)
    {
        try
        {
            return await ProcessRun.StartAsync("cfn-lint", arguments);
        }
        catch (Win32Exception)
        {
            Assert.Skip("cfn-lint is not installed; install with: pip install cfn-lint==1.51.0");
            throw;
        }
    }

    private static string Describe(JsonElement match, Dictionary<string, string> names)
    {
        var location = match.GetProperty("Location");
        return $"{names[match.GetProperty("Filename").GetString()!]}({location.GetProperty("Start").GetProperty("LineNumber")}): "
            + $"{match.GetProperty("Rule").GetProperty("Id").GetString()} {match.GetProperty("Message").GetString()} at {location.GetProperty("Path")}";
    }
}
