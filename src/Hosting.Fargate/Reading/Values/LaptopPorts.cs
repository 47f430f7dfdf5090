using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Which endpoint of the model has a port of the machine that it runs on: by it programs find each other there as 'localhost'.
/// </summary>
internal sealed class LaptopPorts
{
    private readonly List<EndpointReference> _all;
    private readonly ILookup<int, EndpointReference> _byPort;

    public LaptopPorts(DistributedApplicationModel model)
    {
        _all =
        [
            .. from resource in model.Resources.OfType<IResourceWithEndpoints>()
            where !resource.IsExcludedFromPublish()
            from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
            select new EndpointReference(resource, endpoint.Name),
        ];
        _byPort = _all.Where(reference => reference.EndpointAnnotation.Port is not null)
            .ToLookup(reference => reference.EndpointAnnotation.Port!.Value);
    }

    /// <returns>Null where no endpoint has the port, or more than one does.</returns>
    public EndpointReference? Find(int port) => _byPort[port].Take(2).ToList() is [var only] ? only : null;

    /// <returns>The first endpoint of the one resource that is called so; null where none is, or several are.</returns>
    public EndpointReference? FindByName(Predicate<string> isCalled) =>
        _all.Where(reference => isCalled(reference.Resource.Name)).GroupBy(reference => reference.Resource).Take(2).ToList() is [var only]
            ? only.First()
            : null;
}
