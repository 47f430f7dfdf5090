using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Images;

/// <summary>Images of Dockerfiles: what they are made of, as far as the Dockerfile says it.</summary>
internal sealed class DockerfileImages(BaseImages bases, ILogger logger)
{
    /// <exception cref="DockerfileException">It cannot be built here.</exception>
    public async Task<DockerfileImage> IdentifyAsync(Workload workload, DockerfileBuildAnnotation build, CancellationToken cancellationToken)
    {
        var engine = ContainerEngine.Find()
            ?? throw new DockerfileException($"{Path.GetFileName(build.DockerfilePath)} needs Docker or Podman, and neither is on PATH. Install one (docker.io or podman on Debian)");
        if (!File.Exists(build.DockerfilePath))
        {
            throw new DockerfileException($"there is no {build.DockerfilePath}");
        }

        var arguments = await ReadAsync(build.BuildArguments, cancellationToken);
        var text = await File.ReadAllTextAsync(build.DockerfilePath, cancellationToken);
        using var hash = new ContentHash("dockerfile");
        hash.Add(workload.Architecture.ToString());
        hash.Add(build.Stage ?? "");
        hash.Add(text);
        foreach (var (name, value) in arguments.Concat(build.BuildSecrets.Keys.Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, "secret"))))
        {
            hash.Add($"{name}={value}");
        }

        foreach (var name in DockerfileText.BasesOf(text, arguments))
        {
            hash.Add(await BaseAsync(name, workload, cancellationToken));
        }

        var context = DockerContext.Read(build.ContextPath, build.DockerfilePath);
        await hash.AddFilesAsync(build.ContextPath, context, cancellationToken);
        return new DockerfileImage(engine, build, workload.Architecture, hash.Tag)
        {
            Arguments = arguments,
            Secrets = build.BuildSecrets.ToDictionary(),
        };
    }

    /// <summary>The digest of a base image; its name alone where no registry has it, as with an image that is on this machine only.</summary>
    private async Task<string> BaseAsync(string name, Workload workload, CancellationToken cancellationToken)
    {
        try
        {
            return await bases.FindDigestAsync(ImageName.Parse(name), workload.Architecture, cancellationToken);
        }
        catch (BaseImageException exception)
        {
            logger.LogWarning("'{Resource}' is taken as unchanged where {Reason}", workload.Name, exception.Message);
            return name;
        }
    }

    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(IEnumerable<KeyValuePair<string, object?>> values, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            read[name] = value switch
            {
                FileInfo file => await File.ReadAllTextAsync(file.FullName, cancellationToken),
                IValueProvider provider => await provider.GetValueAsync(cancellationToken) ?? "",
                IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
                _ => value?.ToString() ?? "",
            };
        }

        return read;
    }
}

/// <summary>Why an image of a Dockerfile is not built.</summary>
internal sealed class DockerfileException(string reason) : Exception(reason);
