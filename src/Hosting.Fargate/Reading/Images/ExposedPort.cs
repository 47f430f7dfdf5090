using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The port that the Dockerfile of an application says it listens on, where the model knows it as a process alone: there it is that of
/// its development server (<c>AddJavaScriptApp</c>, <c>AddExecutable</c> with <c>PublishAsDockerFile</c>). What the model has as a
/// container listens there as it does here. Source: https://docs.docker.com/reference/dockerfile/#expose.
/// </summary>
internal static class ExposedPort
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
    private static List<DockerfileInstruction>? StageOf(IResource resource) =>
        resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is { DockerfileFactory: null, Stage: null } build
        && File.Exists(build.DockerfilePath)
            ? LastStageOf(DockerfileInstruction.Read(File.ReadAllText(build.DockerfilePath)))
            : null;

    /// <summary>Those of TCP, which is what is meant where nothing is said; zero for what is known as the image is built alone.</summary>
    private static int[] PortsOf(List<DockerfileInstruction> stage) =>
        [
            .. stage
                .Where(instruction => instruction.Name == "EXPOSE")
                .SelectMany(instruction => instruction.Words)
                .Select(word => DockerfileVariables.Fill(word, static _ => null).Split('/', 2))
                .Where(port => port is [_] or [_, "tcp" or "TCP"])
                .Select(port =>
                    int.TryParse(port[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65_535 ? number : 0
                )
                .Distinct(),
        ];

    /// <summary>Whether the model says where it listens: the settings of a web server may say the same.</summary>
    private static bool SaysPort(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.TargetPort is not null);

    /// <summary>What the image says that the last stage begins with, where it is one of a web server.</summary>
    private static int? PortOfBase(List<DockerfileInstruction> stage) =>
        stage.FirstOrDefault(instruction => instruction.Name == "FROM")?.Words.FirstOrDefault() is { } image
            ? s_servers.Where(server => KnownImages.IsOf(image, server.Repository)).Select(server => (int?)server.Port).FirstOrDefault()
            : null;

    /// <summary>The last stage, and before it those that it begins with: what they expose, it does too.</summary>
    private static List<DockerfileInstruction> LastStageOf(IEnumerable<DockerfileInstruction> instructions)
    {
        Dictionary<string, List<DockerfileInstruction>> stages = new(StringComparer.OrdinalIgnoreCase);
        List<DockerfileInstruction> stage = [];
        foreach (var instruction in instructions)
        {
            if (instruction.Name != "FROM" || instruction.Words.ToArray() is not [var image, .. var rest])
            {
                stage.Add(instruction);
                continue;
            }

            stage = stages.TryGetValue(image, out var before) ? [.. before] : [instruction];
            if (rest is [_, var name, ..])
            {
                stages[name] = stage;
            }
        }

        return stage;
    }
}
