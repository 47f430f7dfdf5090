using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Dockerfiles that the model generates: those of Node, Vite, Python and other apps, of WithDockerfileFactory and WithDockerfileBuilder.
/// Their text is that of the model alone: no name of a moment and no path of this machine is in it.
/// </summary>
internal sealed partial class DockerfileReader(
    DistributedApplicationExecutionContext executionContext,
    string appHostDirectory,
    Refusals refusals
)
{
    /// <summary>The text; null where the author has a Dockerfile.</summary>
    public async Task<string?> ReadAsync(IResource resource, DockerfileBuildAnnotation annotation, CancellationToken cancellationToken)
    {
        if (annotation.DockerfileFactory is not { } factory)
        {
            return null;
        }

        string text;
        try
        {
            text = await factory(
                new DockerfileFactoryContext
                {
                    Services = executionContext.Services,
                    Resource = resource,
                    CancellationToken = cancellationToken,
                }
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has a Dockerfile that the model generates, and generating it fails: "
                    + $"{exception.Message} Mend what generates it (WithDockerfileFactory, WithDockerfileBuilder), or write a Dockerfile "
                    + "(WithDockerfile)."
            );
            return "";
        }

        text = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (text.Trim().Length == 0)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has a Dockerfile that the model generates, and it is empty. Mend what "
                    + "generates it (WithDockerfileFactory, WithDockerfileBuilder)."
            );
        }
        else if (PathOfThisMachine(text, annotation) is { } path)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has a Dockerfile that the model generates, with the path {path} of this "
                    + "machine in it, which no build sees. Write paths from the build's own folder (the contextPath of WithDockerfileFactory "
                    + "or WithDockerfileBuilder)."
            );
        }

        return text;
    }

    /// <summary>
    /// Gives an image that a generated Dockerfile takes files from a name that stays: Aspire's has the time in it. The build says which
    /// image it is.
    /// </summary>
    /// <returns>The build argument; null where the text has none for this resource.</returns>
    public static string? NameSource(ref string text, string source)
    {
        // As Aspire's AddContainerFilesStages names it.
        var argument = $"{source.Replace('-', '_').ToUpperInvariant()}_IMAGENAME";
        var line = new Regex($"^ARG {Regex.Escape(argument)}(=.*)?$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        if (!line.IsMatch(text))
        {
            return null;
        }

        text = line.Replace(text, $"ARG {argument}={source.ToLowerInvariant()}");
        return argument;
    }

    /// <summary>What a build leaves out of the author's folder; the author's own list goes before that of the model.</summary>
    public static string? IgnoredBy(DockerfileBuildAnnotation annotation) =>
        annotation.BuildContextIgnoreContent is { Length: > 0 } ignored
        && !File.Exists(Path.Combine(annotation.ContextPath, ".dockerignore"))
            ? ignored.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"
            : null;

    /// <summary>A path such as <c>/app</c> is as likely one of the image: it takes a longer one to be sure.</summary>
    private string? PathOfThisMachine(string text, DockerfileBuildAnnotation annotation) =>
        new[] { annotation.ContextPath, Path.GetDirectoryName(annotation.DockerfilePath) ?? "", appHostDirectory }
            .Select(path => path.TrimEnd('/', '\\'))
            .FirstOrDefault(path => Separator().Count(path) > 2 && text.Contains(path, StringComparison.Ordinal));

    [GeneratedRegex(@"[/\\]")]
    private static partial Regex Separator();
}
