using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Sorts the model's resources: what runs, what is only named by others, and what cannot be.</summary>
/// <param name="model">The model.</param>
/// <param name="environment">Where it is published to.</param>
/// <param name="managed">Takes what AWS runs itself.</param>
/// <param name="refusals">Takes what cannot be mapped.</param>
internal sealed class PublishedResources(
    DistributedApplicationModel model,
    FargateEnvironmentResource environment,
    ManagedServers managed,
    Refusals refusals
)
{
    private readonly CompletionReader _completion = new(model);
    private readonly OrderedDictionary<IResource, PublishedResource> _published = new(ResourceNames.Comparer);
    private readonly List<Notice> _notices = [];
    private readonly List<string> _filesAlone = [];
    private readonly List<IResource> _sites = [];

    public IReadOnlyList<Notice> Notices => _notices;

    /// <summary>The front ends that are files.</summary>
    public IReadOnlyList<IResource> Sites => _sites;

    public OrderedDictionary<IResource, PublishedResource> Read()
    {
        foreach (var resource in model.Resources)
        {
            if (resource.IsExcludedFromPublish())
            {
                if (resource is IComputeResource or AwsResource)
                {
                    Notice(resource, "is left out: the model excludes it (ExcludeFromManifest).");
                }
            }
            else if (resource is IComputeResource && resource.GetComputeEnvironment() is { } other && other != environment)
            {
                continue;
            }
            else if (resource is IComputeResource or ExecutableResource && LeftOut.ExcludedParentOf(resource) is { } parent)
            {
                Notice(resource, $"is left out: the model excludes '{parent.Name}', of which it is a part.");
            }
            else
            {
                if (ManagedDefaults.SaysConnectionString(resource))
                {
                    Notice(
                        resource,
                        "says PublishAsConnectionString, which Aspire's manifest alone hears: it is made on AWS as if it did not. Where "
                            + "one exists that is to be used: builder.ExecutionContext.IsPublishMode ? "
                            + $"builder.AddConnectionString(\"{resource.Name}\") : …"
                            + (
                                resource is ContainerResource server && ManagedDefaults.KindOf(server) is not null
                                    ? "; or .UseExisting(…)."
                                    : "."
                            ),
                        isWarning: true
                    );
                }

                Sort(resource);
            }
        }

        foreach (var replica in model.Resources.OfType<ReadReplicaResource>().Where(replica => !replica.IsExcludedFromPublish()))
        {
            if (replica.Server.GetComputeEnvironment() is not { } other || other == environment)
            {
                managed.Check(replica);
            }
        }

        return _published;
    }

    /// <summary>What is said of images from which nothing runs: they are there for their files.</summary>
    /// <param name="used">The resources whose images others are made with.</param>
    public IEnumerable<Notice> FilesAlone(HashSet<string> used)
    {
        var taken = model
            .Resources.SelectMany(resource => resource.Annotations.OfType<ContainerFilesDestinationAnnotation>())
            .Select(annotation => annotation.Source.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in _filesAlone)
        {
            if (used.Contains(name))
            {
                yield return new Notice(name, "is no service of its own: its files become part of other images.");
            }
            else if (!taken.Contains(name))
            {
                yield return new Notice(
                    name,
                    "is left out: nothing runs from its image, and no other image takes its files. "
                        + "Where it is a program that serves, such as one of Node.js: .PublishAsPackageScript(\"start\"), or .PublishAsDockerFile() "
                        + "where its folder has a Dockerfile. Where it is files, and CloudFront is to serve them: .PublishAsStaticSite(); it itself: "
                        + $".PublishAsStaticWebsite(); another: server.PublishWithContainerFiles({name}, \"wwwroot\").",
                    IsWarning: true
                );
            }
        }
    }

    private void Sort(IResource resource)
    {
        switch (resource)
        {
            case var site when site.HasAnnotationOfType<StaticSiteAnnotation>():
                _sites.Add(site);
                break;
            case ExecutableResource when IsOfLaptop(resource):
                Notice(
                    resource,
                    $"is an executable, which runs here only, and is left out.{WaitedFor(resource)}",
                    isWarning: WaitedFor(resource).Length > 0
                );
                break;
            case ExecutableResource executable:
                refusals.Add(resource.Name, Executables.Refusal(executable));
                break;
            case ContainerResource when CompletionReader.IsMigration(resource) && !resource.IsContainer():
                Notice(
                    resource,
                    "applies the migrations of Entity Framework here only. To have them applied in each deploy: "
                        + ".PublishAsMigrationBundle(publishContainer: true).",
                    isWarning: true
                );
                break;
            case ContainerResource container when managed.Take(container):
                break;
            case ProjectResource when LeftOut.IsFunction(resource):
                Notice(resource, LeftOut.InPlaceOfFunction + WaitedFor(resource), isWarning: true);
                break;
            case ProjectResource when BrowserProjects.IsOne(resource):
                Notice(resource, BrowserProjects.InPlace + WaitedFor(resource), isWarning: true);
                break;
            case ProjectResource or ContainerResource when resource is IComputeResource compute:
                // One without an image is no compute resource of the model either: it is read, to be refused by name.
                if (model.GetComputeResources().Contains(resource, ResourceNames.Comparer) || !resource.IsContainer())
                {
                    Add(compute);
                }
                else
                {
                    _filesAlone.Add(resource.Name);
                }

                break;
            case IComputeResource:
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' is of type {resource.GetType().Name}, which has no image to run. Make it a "
                        + "project or a container, or leave it out: .ExcludeFromManifest()."
                );
                break;
            case var done when LeftOut.DoneHere(done) is { } text:
                if (LeftOut.ExcludedParentOf(resource) is null)
                {
                    Notice(resource, text, isWarning: true);
                }

                break;
            case ParameterResource
            or AwsResource
            or IComputeEnvironmentResource
            or IResourceWithConnectionString
            or IResourceWithParent
            or ExternalServiceResource
            or IContainerRegistry:
                break;
            case var stack when LeftOut.IsStack(stack):
                Notice(resource, LeftOut.InPlaceOfStack(stack), isWarning: true);
                break;
            default:
                Notice(
                    resource,
                    LeftOut.IsOfAzure(resource)
                        ? $"is a resource of Azure ({resource.GetType().Name}), and is left out: nothing published here needs it. "
                            + $"{LeftOut.InPlaceOf(resource)}"
                        : $"is of type {resource.GetType().Name}, which has no counterpart on AWS here, and is left out: nothing published needs a "
                            + $"value of it.{WaitedFor(resource)}",
                    isWarning: true
                );
                break;
        }
    }

    private void Add(IComputeResource resource)
    {
        var ends = _completion.ReasonOf(resource);
        var published = PublishedResource.Of(resource, ends is not null, DatabaseReader.Of(model, resource), refusals);
        _published.Add(resource, published);
        if (ends is not null && published.Task is not null && !resource.HasAnnotationOfType<FargateTaskAnnotation>())
        {
            Notice(resource, $"is a task that runs once in each deploy, and must bear being done again: {ends}.");
        }
    }

    /// <summary>
    /// Whether an executable is there for the laptop alone: a tool of .NET, such as that of migrations, what somebody starts by hand, or
    /// what makes something here that others wait for, as the install of packages is: it is called by nobody, and calls nobody.
    /// </summary>
    private bool IsOfLaptop(IResource resource) =>
        resource.GetType().Name == "DotnetToolResource"
        || resource.HasAnnotationOfType<ExplicitStartupAnnotation>()
        || (
            !resource.HasAnnotationOfType<EndpointAnnotation>()
            && !resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(relationship => relationship.Type == "Reference")
            && model.Resources.Any(other =>
                other
                    .Annotations.OfType<WaitAnnotation>()
                    .Any(wait => wait.WaitType == WaitType.WaitForCompletion && ResourceNames.Comparer.Equals(wait.Resource, resource))
            )
        );

    private string WaitedFor(IResource resource)
    {
        string[] waiting =
        [
            .. model
                .Resources.Where(other =>
                    WaitsFor(other, resource) && !other.IsExcludedFromPublish() && !(other is ExecutableResource && IsOfLaptop(other))
                )
                .Select(other => $"'{other.Name}'"),
        ];
        return waiting.Length == 0
            ? ""
            : $" {string.Join(" and ", waiting)} {(waiting.Length == 1 ? "does" : "do")} not wait for it on " + "AWS.";
    }

    private static bool WaitsFor(IResource resource, IResource other) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(wait => ResourceNames.Comparer.Equals(wait.Resource, other));

    private void Notice(IResource resource, string text, bool isWarning = false) =>
        _notices.Add(new Notice(resource.Name, text, isWarning));
}
