using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Which endpoint of the model has a port of the machine that it runs on: by it programs find each other there as 'localhost'.
/// </summary>
internal sealed class LaptopPorts
{
    private readonly ILookup<int, EndpointReference> _byPort;

    public LaptopPorts(DistributedApplicationModel model) =>
        _byPort = (
            from resource in model.Resources.OfType<IResourceWithEndpoints>()
            from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
            where endpoint.Port is not null
            select new EndpointReference(resource, endpoint.Name)
        ).ToLookup(reference => reference.EndpointAnnotation.Port!.Value);

    /// <returns>Null where no endpoint has the port, or more than one does.</returns>
    public EndpointReference? Find(int port) => _byPort[port].Take(2).ToList() is [var only] ? only : null;
}
