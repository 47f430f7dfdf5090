using System.Collections.Concurrent;
using Hosting.Fargate.Application;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Writing;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Images;

/// <summary>Images that an engine builds: what they are made of, as far as their Dockerfiles say it.</summary>
/// <param name="folder">Where what publish makes is put for the engine.</param>
/// <param name="valueOf">The values of parameters.</param>
/// <param name="bases">The images that registries have.</param>
/// <param name="logger">Takes what is not known.</param>
internal sealed class EngineImages(string folder, Func<string, string?> valueOf, BaseImages bases, ILogger logger)
{
    private readonly ConcurrentDictionary<(string, Architecture), Lazy<Task<EngineImage>>> _images = new();

    /// <exception cref="DockerfileException">It cannot be built here.</exception>
    public Task<EngineImage> IdentifyAsync(EngineBuild build, CancellationToken cancellationToken) =>
        _images.GetOrAdd((build.Name, build.Architecture), _ => new(() => ReadAsync(build, cancellationToken))).Value;

    private async Task<EngineImage> ReadAsync(EngineBuild build, CancellationToken cancellationToken)
    {
        var engine = ContainerEngine.Find() ?? throw new DockerfileException(ContainerEngine.Missing);
        var own = Path.Combine(folder, build.Architecture.ToString(), build.Name);
        var dockerfile = build.Author?.Dockerfile ?? await BuildFolders.WriteAsync(build, own, cancellationToken);
        if (!File.Exists(dockerfile))
        {
            throw new DockerfileException($"there is no {dockerfile}");
        }

        Dictionary<string, EngineImage> images = [];
        foreach (var image in build.Images)
        {
            images[image.Name] = await IdentifyAsync(image.Build, cancellationToken);
        }

        var arguments = Values(build.Arguments);
        var text = build.Dockerfile ?? await File.ReadAllTextAsync(dockerfile, cancellationToken);
        var stage = build.Author?.Stage;
        using var hash = new ContentHash("dockerfile");
        hash.Add(build.Architecture.ToString());
        hash.Add(stage ?? "");
        hash.Add(text);
        foreach (var (name, value) in arguments.Concat(build.Secrets.Select(secret => KeyValuePair.Create(secret.Name, "secret"))))
        {
            hash.Add($"{name}={value}");
        }

        foreach (var (name, image) in images.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Add($"{name}={image.Tag}");
        }

        foreach (var name in DockerfileText.BasesOf(text, build.Architecture, arguments, [.. images.Keys]))
        {
            hash.Add(await BaseAsync(name, build, cancellationToken));
        }

        var context = build.Author?.Context ?? own;
        if (build.Author is null)
        {
            AddFiles(hash, build);
        }
        else
        {
            await hash.AddFilesAsync(context, DockerContext.Read(context, dockerfile), cancellationToken);
        }

        return new EngineImage(engine, build, dockerfile, context, hash.Tag)
        {
            Stage = stage,
            Arguments = arguments,
            Secrets = Values(build.Secrets),
            Images = images,
            NeedsBuildKit = DockerfileText.NeedsBuildKit(build, text),
        };
    }

    private static void AddFiles(ContentHash hash, EngineBuild build)
    {
        foreach (var file in build.Files)
        {
            hash.Add($"{file.Path} {file.Mode:D} {(file.Content is null ? "folder" : "file")}", file.Content ?? []);
        }
    }

    /// <summary>
    /// The digest of a base image; its name alone where no registry has it, as with an image that is on this machine only.
    /// </summary>
    private async Task<string> BaseAsync(string name, EngineBuild build, CancellationToken cancellationToken)
    {
        try
        {
            return await bases.FindDigestAsync(ImageName.Parse(name), build.Architecture, cancellationToken);
        }
        catch (BaseImageException exception)
        {
            logger.LogWarning("'{Resource}' is taken as unchanged where {Reason}", build.Resource, exception.Message);
            return name;
        }
    }

    private SortedDictionary<string, string> Values(IEnumerable<BuildArgument> arguments)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            values[argument.Name] = argument.File is { } file ? File.ReadAllText(file) : BuildParameters.ValueOf(argument.Value, valueOf);
        }

        return values;
    }
}

/// <summary>Why an image is not built by an engine.</summary>
internal sealed class DockerfileException(string reason) : Exception(reason);
