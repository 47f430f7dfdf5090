using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Reading;

/// <summary>Front ends whose files CloudFront serves: how they are built, with what, and where they are found.</summary>
internal sealed class SiteReader(
    FargateEnvironmentResource environment,
    DistributedApplicationExecutionContext executionContext,
    SitePlaces places,
    ImageReader images,
    SiteAddresses addresses,
    ParameterReader parameters,
    Refusals refusals
)
{
    private readonly List<Notice> _notices = [];

    public IReadOnlyList<Notice> Notices => _notices;

    public async Task<ImmutableArray<Site>> ReadAsync(IReadOnlyList<IResource> sites, string stack, CancellationToken cancellationToken)
    {
        if (sites.Count > 0 && environment.Ingress.Edge is null)
        {
            refusals.Add(
                sites[0].Name,
                $"'{sites[0].Name}' is a static site (PublishAsStaticSite), which CloudFront serves, and '{environment.Name}' "
                    + "has none. Add "
                    + $".WithCloudFront() to it: builder.AddFargateEnvironment(\"{environment.Name}\").WithCloudFront()."
            );
            return [];
        }

        List<Site> read = [];
        foreach (var resource in sites)
        {
            if (BucketTemplate.RefuseName(stack, resource.Name) is { } fault)
            {
                refusals.Add(resource.Name, fault);
            }

            if (await ReadAsync(resource, cancellationToken) is { } site)
            {
                read.Add(site);
            }
        }

        return [.. read];
    }

    private async Task<Site?> ReadAsync(IResource resource, CancellationToken cancellationToken)
    {
        var annotation = resource.Annotations.OfType<StaticSiteAnnotation>().Last();
        var options = new StaticSite();
        try
        {
            annotation.Configure(options);
        }
        catch (ArgumentException exception)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' has an option that cannot be: {exception.Message}");
            return null;
        }

        foreach (var other in new[] { typeof(FargateServiceAnnotation), typeof(FargateTaskAnnotation) })
        {
            if (resource.Annotations.Any(found => found.GetType() == other))
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' is both files (PublishAsStaticSite) and what runs ("
                        + $"{(other == typeof(FargateTaskAnnotation) ? "PublishAsFargateTask" : "PublishAsFargateService")}). "
                        + "Keep one of them."
                );
                return null;
            }
        }

        RefuseHost(resource, options);
        var variables = await VariablesAsync(resource, cancellationToken);
        return await BuildAsync(resource, annotation, options, cancellationToken) is not { } build
            ? null
            : new Site
            {
                Name = resource.Name,
                Place = places[resource],
                DeepLinks = options.DeepLinks,
                Build = build is ContainerBuild container ? container with { Image = Told(container.Image, variables) } : build,
                Variables = variables,
            };
    }

    private void RefuseHost(IResource resource, StaticSite options)
    {
        var ingress = environment.Ingress;
        if (options.Host is { } host && ingress.Domain is null)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has the host '{host}', and without a domain CloudFront answers to the name alone that AWS gives it. "
                    + "Give the environment a domain (WithDomain or WithCertificate), or leave site.Host out."
            );
        }
        else if (options.Host is null && ingress is { Domain: { } domain, HostedZoneId: null } && places[resource].Distribution is not null)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has no name of its own, and '{domain}' is another's. Say one that the certificate is for: "
                    + $".PublishAsStaticSite(site => site.Host = \"{resource.Name.ToLowerInvariant()}.{domain}\")."
            );
        }
    }

    private async Task<SiteBuild?> BuildAsync(
        IResource resource,
        StaticSiteAnnotation annotation,
        StaticSite options,
        CancellationToken cancellationToken
    )
    {
        var source = resource.Annotations.OfType<ContainerFilesSourceAnnotation>().LastOrDefault()?.SourcePath;
        var app = JavaScriptApp.Of(resource);
        var folder = annotation.Folder
            ?? Path.GetDirectoryName(resource.Annotations.OfType<IProjectMetadata>().LastOrDefault()?.ProjectPath)
            ?? resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault()?.ContextPath;
        if (!options.BuildInContainer && folder is not null && (options.Build is not null || app is not null))
        {
            var command = options.Build is var (program, arguments) ? new SiteCommand(program, [.. arguments]) : app!.Build;
            return new LocalBuild(
                folder,
                Path.GetRelativePath(environment.AppHostDirectory, folder).Replace('\\', '/'),
                app?.Install,
                command,
                (options.OutputFolder ?? InFolder(source) ?? "dist").Replace('\\', '/').Trim('/')
            );
        }

        if (await images.SourceOfAsync(resource, cancellationToken) is not { } image)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' is to be a static site, and nothing says how its files are built. Where a program builds them: "
                    + ".PublishAsStaticSite(site => site.BuildWith(\"npm\", \"run\", \"build\")); where a Dockerfile does: "
                    + ".PublishAsDockerFile() "
                    + $"and .WithContainerFilesSource(\"/app/dist\"). What AddViteApp and AddJavaScriptApp give says it itself."
            );
            return null;
        }

        if ((options.OutputFolder ?? source) is { } path && path.StartsWith('/'))
        {
            return new ContainerBuild(image, path.TrimEnd('/'));
        }

        refusals.Add(
            resource.Name,
            $"'{resource.Name}' has its files built in a container, and nothing says where they are in its image. Say it: "
                + ".PublishAsStaticSite(site => site.OutputFolder = \"/app/dist\"), or .WithContainerFilesSource(\"/app/dist\")."
        );
        return null;
    }

    /// <summary>
    /// An image that is built with the variables. A Dockerfile that the model generates knows none of them, so that it is told.
    /// </summary>
    private static EngineBuild Told(EngineBuild image, ImmutableArray<BuildArgument> variables) =>
        image with
        {
            Arguments = [.. image.Arguments.Where(given => variables.All(variable => variable.Name != given.Name)), .. variables],
            Dockerfile =
                image.Dockerfile is null || variables.Length == 0
                    ? image.Dockerfile
                    : string.Join(
                        '\n',
                        image
                            .Dockerfile.Split('\n')
                            .SelectMany(line =>
                                line.StartsWith("FROM ", StringComparison.OrdinalIgnoreCase)
                                    ? variables.Select(variable => $"ARG {variable.Name}").Prepend(line)
                                    : [line]
                            )
                    ),
        };

    /// <summary>What the image has in <c>/app</c> is in the folder of the application here.</summary>
    private static string? InFolder(string? source) =>
        source is not null && source.StartsWith("/app/", StringComparison.Ordinal) ? source["/app/".Length..] : null;

    private async Task<ImmutableArray<BuildArgument>> VariablesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken)
        {
            Logger = NullLogger.Instance,
        };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            try
            {
                await annotation.Callback(context);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' has an environment callback that fails where the model is published: {exception.Message} Ask "
                        + "context.ExecutionContext.IsPublishMode in it, or give it what it needs."
                );
            }
        }

        List<BuildArgument> variables = [];
        List<string> absent = [];
        foreach (var (name, value) in context.EnvironmentVariables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var known = addresses.Of(resource, name);
            if (new BuildValues(parameters, known.Find).Read(value, out var unknown) is { } read)
            {
                Add(resource, name, read, variables);
            }
            else if (known.IsAbsent)
            {
                if (!known.IsOwn)
                {
                    absent.Add(name);
                }
            }
            else
            {
                refusals.Add(
                    resource.Name,
                    $"{name} of '{resource.Name}' is {known.Unknown ?? unknown}, and its files are built before anything is deployed. "
                        + (
                            known.Unknown is null
                                ? "Give the build text or a parameter."
                                : "Browsers reach what has a path under the same name: service.WithRoute(\"/api/*\"), for which "
                                    + "the build is "
                                    + "told the same origin; or give the environment a domain (WithDomain)."
                        )
                );
            }
        }

        if (absent.Count > 0)
        {
            _notices.Add(
                new Notice(
                    resource.Name,
                    $"is built without {string.Join(", ", absent)}: what these name has no address that a browser and the build know. A "
                        + "service that the front end calls is external, and has a path: service.WithRoute(\"/api/*\")."
                )
            );
        }

        return [.. variables];
    }

    private void Add(IResource resource, string name, Value value, List<BuildArgument> variables)
    {
        if (value.Parts.OfType<SecretValue>().FirstOrDefault() is { } secret)
        {
            refusals.Add(
                resource.Name,
                $"{name} of '{resource.Name}' holds the secret '{secret.Secret.Name}', and what a front end is built with, whoever has the "
                    + "page can read. Have a service of the model hold it, and call that; or leave it out where the model is published "
                    + "(builder.ExecutionContext.IsPublishMode). A key that is public anyway is a plain parameter."
            );
            return;
        }

        variables.Add(new BuildArgument(name, value));
    }
}
