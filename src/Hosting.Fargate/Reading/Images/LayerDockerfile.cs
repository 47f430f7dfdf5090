using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The Dockerfile of an image with files on top of another image: one that a registry has, or one that is built before.</summary>
internal static class LayerDockerfile
{
    /// <param name="resource">The resource whose image it is.</param>
    /// <param name="architecture">The processor.</param>
    /// <param name="build">The image below; null where a registry has it.</param>
    /// <param name="reference">The image below, where a registry has it.</param>
    /// <param name="files">The files of other images.</param>
    /// <param name="layer">The files of the model.</param>
    public static EngineBuild Write(
        string resource,
        Architecture architecture,
        EngineBuild? build,
        string reference,
        ImmutableArray<ImageFiles> files,
        Layer layer
    )
    {
        var below = build is null ? null : new ImageArgument(ArgumentOf(resource), build with { Name = $"{resource}.base" });
        ImmutableArray<ImageArgument> sources =
        [
            .. files
                .Select(file => file.Source)
                .DistinctBy(source => source.Name)
                .Select(source => new ImageArgument(ArgumentOf(source.Resource), source)),
        ];
        ImmutableArray<ImageArgument> images = below is null ? sources : [below, .. sources];
        StringBuilder text = new();
        foreach (var image in images)
        {
            text.Append($"ARG {image.Name}={image.Build.Resource.ToLowerInvariant()}\n");
        }

        foreach (var source in sources)
        {
            text.Append($"FROM ${{{source.Name}}} AS {StageOf(source.Build)}\n");
        }

        text.Append($"FROM {(below is null ? WithRegistry(reference) : $"${{{below.Name}}}")}\n");
        foreach (var file in files)
        {
            foreach (var path in file.Paths)
            {
                text.Append($"COPY --from={StageOf(file.Source)} {Json(path, file.Destination)}\n");
            }
        }

        foreach (var copy in layer.Copies)
        {
            // Of a folder it is what is in it that is copied.
            var slash = copy.IsFolder && copy.Path.Length > 0 ? "/" : "";
            text.Append($"COPY --chown={copy.Uid}:{copy.Gid} {Json($"{LayerFile.Folder}/{copy.Path}{slash}", $"/{copy.Path}{slash}")}\n");
        }

        return new EngineBuild(resource, resource)
        {
            Dockerfile = text.ToString(),
            Files = layer.Files,
            Images = images,
            Copied = files,
            Architecture = architecture,
        };
    }

    /// <summary>Podman asks which registry a name without one is of, and Docker takes it for Docker Hub's.</summary>
    private static string WithRegistry(string reference) =>
        !new RegistryImage(reference).IsInDockerHub || reference.StartsWith("docker.io/", StringComparison.Ordinal) ? reference
        : reference.Contains('/') ? $"docker.io/{reference}"
        : $"docker.io/library/{reference}";

    /// <summary>As Aspire names the argument of an image that files are taken from.</summary>
    private static string ArgumentOf(string resource) => $"{resource.Replace('-', '_').ToUpperInvariant()}_IMAGENAME";

    private static string StageOf(EngineBuild source) => $"{source.Resource.Replace('-', '_').ToLowerInvariant()}_stage";

    private static string Json(string from, string to) =>
        $"[\"{JsonEncodedText.Encode(from, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\", "
        + $"\"{JsonEncodedText.Encode(to, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"]";
}
