using System.Collections.Concurrent;
using Amazon.ECR;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Images;

/// <summary>
/// Brings the images of a model to their repositories. What is in an image decides its tag; where a repository has the tag, nothing is made
/// and nothing is pushed.
/// </summary>
/// <param name="registry">Amazon ECR in the account and region of the deploy.</param>
/// <param name="folder">Where projects are built, kept so that the next time is quick: below the AppHost's obj folder.</param>
/// <param name="logger">Takes lines for a person.</param>
/// <param name="time">The clock by which is waited for a registry, and for another build; the system's where null.</param>
internal sealed class ImageDeployment(IAmazonECR registry, string folder, ILogger logger, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Repositories _repositories = new(registry);
    private readonly ProjectImages _projects = new(folder, logger);

    /// <summary>Makes and pushes the images that are not in their repositories yet.</summary>
    /// <param name="application">The application, whose foundation is there.</param>
    /// <param name="model">The model it was read from.</param>
    /// <param name="valueOf">The values of parameters, which builds may take.</param>
    /// <param name="commit">The commit that is deployed, which becomes a second tag; null where there is none.</param>
    /// <param name="cancellationToken">Stops the builds too.</param>
    /// <exception cref="ImageDeploymentException">Some could not be made or pushed; all others were.</exception>
    public async Task<IReadOnlyList<DeployedImage>> DeployAsync(
        FargateApplication application,
        DistributedApplicationModel model,
        Func<string, string?> valueOf,
        string? commit,
        CancellationToken cancellationToken
    )
    {
        using var exclusive = await BuildLock.TakeAsync(folder, logger, _time, cancellationToken);
        List<ImageProblem> problems = [];
        var images = await IdentifyAsync(application, model, valueOf, isPlan: false, problems, cancellationToken);
        var pusher = new ImagePusher(_repositories, _projects, logger, _time);
        var deployed = await pusher.PushAsync(images, commit, problems, cancellationToken);
        if (problems.Count > 0)
        {
            throw new ImageDeploymentException(problems);
        }

        return deployed;
    }

    /// <summary>
    /// What <see cref="DeployAsync"/> would do: projects are published, nothing is pushed. A repository need not exist yet.
    /// </summary>
    /// <exception cref="ImageDeploymentException">Some could not be made.</exception>
    public async Task<IReadOnlyList<DeployedImage>> PlanAsync(
        FargateApplication application,
        DistributedApplicationModel model,
        Func<string, string?> valueOf,
        CancellationToken cancellationToken
    )
    {
        using var exclusive = await BuildLock.TakeAsync(folder, logger, _time, cancellationToken);
        List<ImageProblem> problems = [];
        var images = await IdentifyAsync(application, model, valueOf, isPlan: true, problems, cancellationToken);
        return problems.Count > 0 ? throw new ImageDeploymentException(problems) : [.. images.Select(image => image.Result)];
    }

    /// <summary>Publishes the projects, and finds what each image is and whether it is in its repository.</summary>
    private async Task<IReadOnlyList<WantedImage>> IdentifyAsync(
        FargateApplication application,
        DistributedApplicationModel model,
        Func<string, string?> valueOf,
        bool isPlan,
        List<ImageProblem> problems,
        CancellationToken cancellationToken
    )
    {
        var workloads = application.Workloads.Where(workload => workload.Main.Image is BuiltImage).ToList();
        if (workloads.Count == 0)
        {
            return [];
        }

        string RepositoryOf(Workload workload) => RepositoryComposer.NameOf(application, workload.Name);
        var addresses = await _repositories.FindAsync([.. workloads.Select(RepositoryOf)], cancellationToken);
        if (!isPlan && workloads.Where(workload => !addresses.ContainsKey(RepositoryOf(workload))).ToList() is { Count: > 0 } homeless)
        {
            throw new ImageDeploymentException([
                .. homeless.Select(workload => new ImageProblem(
                    workload.Name,
                    $"'{workload.Name}' has no repository {RepositoryOf(workload)} in Amazon ECR. The stack {application.FoundationName} makes it: deploy that first."
                )),
            ]);
        }

        var resources = model.Resources.ToDictionary(resource => resource.Name, StringComparer.OrdinalIgnoreCase);
        var projects = workloads
            .Where(workload => ((BuiltImage)workload.Main.Image).Dockerfile is null)
            .ToDictionary(
                workload => workload,
                workload => new ProjectImage(
                    workload.Name,
                    Path.GetFullPath(((ProjectResource)resources[workload.Name]).GetProjectMetadata().ProjectPath),
                    workload.Architecture
                )
                {
                    HasFiles = ((BuiltImage)workload.Main.Image).Files.Length > 0,
                }
            );
        var published = await _projects.PublishAsync([.. projects.Values], problems, cancellationToken);

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var bases = new BaseImages(http, await OwnRegistriesAsync(published.Values, addresses.Values, cancellationToken));
        var engine = new EngineImages(Path.Combine(folder, "images"), valueOf, bases, logger);
        ConcurrentBag<ImageProblem> unknown = [];
        var images = await Task.WhenAll(
            workloads.Select(async workload =>
            {
                try
                {
                    WantedImage image;
                    if (!projects.TryGetValue(workload, out var project))
                    {
                        image = new WantedImage(workload)
                        {
                            Built = await engine.IdentifyAsync(((BuiltImage)workload.Main.Image).Build!, cancellationToken),
                        };
                    }
                    else if (published.TryGetValue(project, out var output))
                    {
                        var digest = await bases.FindDigestAsync(output.Base, workload.Architecture, cancellationToken);
                        var files = await FilesAsync(workload, output, engine, cancellationToken);
                        image = new WantedImage(workload)
                        {
                            Project = (project, output, digest, await TagAsync(output, digest, files, cancellationToken)),
                            Files = files,
                        };
                    }
                    else
                    {
                        return null;
                    }

                    image = image with
                    {
                        Repository = RepositoryOf(workload),
                        RepositoryUri = addresses.GetValueOrDefault(RepositoryOf(workload)),
                    };
                    return image.RepositoryUri is null
                        ? image
                        : image with
                        {
                            Existing = await _repositories.FindImageAsync(image.Repository, image.Tag, cancellationToken),
                        };
                }
                catch (Exception exception) when (exception is BaseImageException or DockerfileException)
                {
                    unknown.Add(new(workload.Name, $"'{workload.Name}' has no image: {exception.Message}."));
                    return null;
                }
            })
        );
        problems.AddRange(unknown.OrderBy(problem => problem.Resource, StringComparer.Ordinal));
        return [.. images.OfType<WantedImage>()];
    }

    /// <summary>A base image in our own ECR is asked for with the token that pushes.</summary>
    private async Task<IReadOnlyDictionary<string, RegistryCredentials>> OwnRegistriesAsync(
        IEnumerable<PublishedProject> projects,
        IEnumerable<string> addresses,
        CancellationToken cancellationToken
    )
    {
        var own = addresses.Select(address => address.Split('/')[0]).ToHashSet();
        var asked = projects
            .Select(project => project.Base.Registry)
            .Where(name => own.Contains(name) || RegistryTrust.IsEcr(name))
            .Distinct()
            .ToList();
        if (asked.Count == 0)
        {
            return new Dictionary<string, RegistryCredentials>();
        }

        var credentials = await _repositories.AuthorizeAsync(cancellationToken);
        return asked.ToDictionary(name => name, _ => credentials);
    }

    /// <summary>What of other images goes into a project's: where it goes is known once the project was evaluated.</summary>
    private static async Task<IReadOnlyList<(EngineImage Source, string Path, string Destination)>> FilesAsync(
        Workload workload,
        PublishedProject output,
        EngineImages engine,
        CancellationToken cancellationToken
    )
    {
        List<(EngineImage, string, string)> files = [];
        foreach (var file in ((BuiltImage)workload.Main.Image).Files)
        {
            var destination = output.InOutput(file.Destination)
                ?? throw new DockerfileException(
                    $"the files of '{file.Source.Resource}' are to be at {file.Destination} in it (PublishWithContainerFiles), and the SDK makes images of what is in {output.WorkingDirectory} alone. "
                        + "Name a path below that, such as wwwroot, or build the image by a Dockerfile (PublishAsDockerFile)"
                );
            var source = await engine.IdentifyAsync(file.Source, cancellationToken);
            files.AddRange(file.Paths.Select(path => (source, path, destination)));
        }

        return files;
    }

    private static async Task<string> TagAsync(
        PublishedProject project,
        string baseDigest,
        IReadOnlyList<(EngineImage Source, string Path, string Destination)> files,
        CancellationToken cancellationToken
    )
    {
        using var hash = new ContentHash("project");
        hash.Add(baseDigest);
        foreach (var setting in project.Settings)
        {
            hash.Add(setting);
        }

        foreach (var (source, path, destination) in files)
        {
            hash.Add($"{source.Tag} {path} {Path.GetRelativePath(project.Folder, destination).Replace('\\', '/')}");
        }

        await hash.AddProgramAsync(project.Folder, cancellationToken);
        return hash.Tag;
    }
}
