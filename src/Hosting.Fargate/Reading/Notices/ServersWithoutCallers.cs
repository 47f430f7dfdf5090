using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Servers that something waits for, and that nothing of the model refers to: here a program finds them at <c>localhost</c>, as its own
/// settings say, and on AWS it has no address of them, nor does their security group admit it.
/// </summary>
/// <param name="called">The names of what something of the model calls.</param>
/// <param name="told">What is told of this machine's name, which may be the same fault.</param>
internal sealed class ServersWithoutCallers(IEnumerable<string> called, IEnumerable<Notice> told)
{
    private readonly HashSet<string> _called = called.ToHashSet(StringComparer.Ordinal);
    private readonly List<Notice> _told = [.. told];

    /// <param name="published">All that is published: who waits.</param>
    /// <param name="managed">The containers that AWS runs.</param>
    public IEnumerable<Notice> Of(IReadOnlyCollection<PublishedResource> published, IEnumerable<ContainerResource> managed)
    {
        var servers = published
            .Where(resource =>
                resource is { Service: not null, IsDotnet: false, Endpoints.Count: > 0, Resource: ContainerResource }
                && !resource.Endpoints.Any(endpoint => endpoint.IsExternal)
                && (PublishedResource.ImageOf(resource.Resource) is not { } image || LaptopImages.Find(image) is null)
            )
            .Select(resource => (ContainerResource)resource.Resource)
            .Concat(managed)
            .Where(server => !_called.Contains(server.Name));
        foreach (var server in servers)
        {
            var waiting = published
                .Where(resource =>
                    resource.Name != server.Name
                    && resource.Resource.Annotations.OfType<WaitAnnotation>().Any(wait => IsOf(wait.Resource, server))
                )
                .ToList();
            if (
                waiting.Count > 0
                && !_told.Exists(notice => notice.Text.Contains($"'{server.Name}'", StringComparison.Ordinal))
                && EndpointOf(server) is { } endpoint
            )
            {
                var names = string.Join(" and ", waiting.Select(resource => $"'{resource.Name}'"));
                yield return new Notice(
                    server.Name,
                    $"is reached by nobody on AWS: {names} {(waiting.Count == 1 ? "waits" : "wait")} for it, and the model gives no address of it, "
                        + "which also admits its caller there. Refer to it: "
                        + (
                            server is IResourceWithConnectionString
                                ? $".WithReference({server.Name})"
                                : $".WithReference({server.Name}.GetEndpoint(\"{endpoint.Name}\"))"
                        )
                        + $", or .WithEnvironment(\"…\", {server.Name}.GetEndpoint(\"{endpoint.Name}\")) for the setting that the program reads."
                        + (
                            endpoint.UriScheme.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                                ? " Where people are to reach it: WithExternalHttpEndpoints()."
                                : ""
                        ),
                    IsWarning: true
                );
            }
        }
    }

    private static EndpointAnnotation? EndpointOf(ContainerResource server) =>
        server.Annotations.OfType<EndpointAnnotation>().FirstOrDefault();

    /// <summary>Whether it is a server, or a part of it, such as a database.</summary>
    private static bool IsOf(IResource resource, ContainerResource server)
    {
        IResource? part = resource;
        for (var depth = 0; part is not null && depth < 16; depth++)
        {
            if (part.Name == server.Name)
            {
                return true;
            }

            part = (part as IResourceWithParent)?.Parent;
        }

        return false;
    }
}
