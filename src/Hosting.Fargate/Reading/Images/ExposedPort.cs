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
    /// <summary>What web servers' own images expose, by their Dockerfiles.</summary>
    private static readonly (string Repository, int Port)[] s_servers =
    [
        ("library/nginx", 80),
        ("nginxinc/nginx-unprivileged", 8080),
        ("library/httpd", 80),
        ("library/caddy", 80),
    ];

    /// <returns>Null where there is none, or more than one to choose from.</returns>
    public static int? Of(IResource resource)
    {
        if (!resource.GetType().IsNestedPrivate || StageOf(resource) is not { } stage)
        {
            return null;
        }

        var ports = PortsOf(stage);
        return ports is [] ? (SaysPort(resource) ? null : PortOfBase(stage))
            : ports is [> 0 and var only] ? only
            : null;
    }

    /// <summary>The first port that the author's Dockerfile says, of whatever resource; null where there is none.</summary>
    public static int? FirstOf(IResource resource) =>
        StageOf(resource) is { } stage ? (PortsOf(stage) is [var first, ..] ? (first > 0 ? first : null) : PortOfBase(stage)) : null;

    /// <summary>What the image is made of in the end; null where there is no Dockerfile of the author's, or a stage is named.</summary>
    private static List<string>? StageOf(IResource resource) =>
        resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is { DockerfileFactory: null, Stage: null } build
        && File.Exists(build.DockerfilePath)
            ? LastStageOf(File.ReadLines(build.DockerfilePath))
            : null;

    /// <summary>Zero for what is no port of TCP, or is known as the image is built alone.</summary>
    private static int[] PortsOf(List<string> stage) =>
        [
            .. stage
                .Select(line => Expose().Match(line))
                .Where(match => match.Success)
                .SelectMany(match => match.Groups["ports"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal)
                .Select(word =>
                    int.TryParse(word.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535
                        ? port
                        : 0
                ),
        ];

    /// <summary>Whether the model says where it listens: the settings of a web server may say the same.</summary>
    private static bool SaysPort(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.TargetPort is not null);

    /// <summary>What the image says that the last stage begins with, where it is one of a web server.</summary>
    private static int? PortOfBase(List<string> stage) =>
        From().Match(stage.FirstOrDefault() ?? "") is { Success: true } from
            ? s_servers
                .Where(server => KnownImages.IsOf(from.Groups["image"].Value, server.Repository))
                .Select(server => (int?)server.Port)
                .FirstOrDefault()
            : null;

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

    [GeneratedRegex(@"^\s*FROM\s+(?:--\S+\s+)*(?<image>\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex From();
}
