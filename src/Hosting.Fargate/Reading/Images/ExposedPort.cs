using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The port that the Dockerfile of an application says it listens on, where the model knows it as a process alone: there it is that of
/// its development server (<c>AddJavaScriptApp</c>, <c>AddExecutable</c> with <c>PublishAsDockerFile</c>). What the model has as a
/// container listens there as it does here. Source: https://docs.docker.com/reference/dockerfile/#expose.
/// </summary>
internal static partial class ExposedPort
{
    /// <returns>Null where there is none, or more than one to choose from.</returns>
    public static int? Of(IResource resource)
    {
        if (
            !resource.GetType().IsNestedPrivate
            || resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault()
                is not { DockerfileFactory: null, Stage: null } build
            || !File.Exists(build.DockerfilePath)
        )
        {
            return null;
        }

        string[] ports =
        [
            .. LastStageOf(File.ReadLines(build.DockerfilePath))
                .Select(line => Expose().Match(line))
                .Where(match => match.Success)
                .SelectMany(match => match.Groups["ports"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal),
        ];
        return
            ports is [var only]
            && int.TryParse(only.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65_535
            ? port
            : null;
    }

    private static List<string> LastStageOf(IEnumerable<string> lines)
    {
        List<string> stage = [];
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("FROM ", StringComparison.OrdinalIgnoreCase))
            {
                stage.Clear();
            }

            stage.Add(line);
        }

        return stage;
    }

    [GeneratedRegex(@"^\s*EXPOSE\s+(?<ports>[^#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Expose();
}
