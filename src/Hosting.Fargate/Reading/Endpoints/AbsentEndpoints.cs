using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Endpoints of the model that are none here. Over UDP neither an Application Load Balancer nor Service Connect carries anything:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html. One that a resource has beside others, that
/// is internal and that nobody refers to is left out; any other is what the resource is for.
/// </summary>
internal static class AbsentEndpoints
{
    private const string Carried = "which neither an Application Load Balancer nor Service Connect carries";

    public static bool IsAbsent(EndpointAnnotation endpoint) => endpoint.Protocol != ProtocolType.Tcp;

    /// <summary>Refuses what the resource is for.</summary>
    public static void Check(IComputeResource resource, IReadOnlyList<EndpointAnnotation> all, Refusals refusals)
    {
        foreach (var endpoint in all.Where(endpoint => IsAbsent(endpoint) && (endpoint.IsExternal || all.All(IsAbsent))))
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has the endpoint '{endpoint.Name}' over {endpoint.Protocol}, {Carried}. Use TCP, or leave the endpoint out "
                    + "where the model is published (builder.ExecutionContext.IsPublishMode)."
            );
        }
    }

    /// <summary>What is left out.</summary>
    public static IEnumerable<Notice> Notices(IEnumerable<PublishedResource> published) =>
        from resource in published
        let names = resource
            .Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(IsAbsent)
            .Select(endpoint => $"'{endpoint.Name}'")
            .ToList()
        where names.Count > 0
        select new Notice(
            resource.Name,
            $"goes without its endpoint{(names.Count == 1 ? "" : "s")} {string.Join(" and ", names)} over UDP, {Carried}: nobody reaches it there.",
            IsWarning: true
        );

    /// <summary>Why a reference leads nowhere, to go on after the name of a variable.</summary>
    public static string WhyNot(EndpointReference reference, PublishedResource target)
    {
        if (reference.Exists && IsAbsent(reference.EndpointAnnotation))
        {
            return $"refers to the endpoint '{reference.EndpointName}' of '{target.Name}' over {reference.EndpointAnnotation.Protocol}, {Carried}. "
                + "Use one over TCP, or leave the reference out where the model is published (builder.ExecutionContext.IsPublishMode).";
        }

        var names = target.Endpoints.Select(endpoint => $"'{endpoint.Name}'").ToList();
        return $"refers to the endpoint '{reference.EndpointName}' of '{target.Name}', which there is not. "
            + (
                names.Count == 0
                    ? $"'{target.Name}' has none: add one with WithHttpEndpoint or WithEndpoint."
                    : $"There is {string.Join(" and ", names)}."
            );
    }
}
