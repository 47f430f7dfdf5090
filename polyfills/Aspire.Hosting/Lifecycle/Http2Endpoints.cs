using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Lifecycle;

/// <summary>Makes the http endpoints of services that asked for HTTP/2 speak it.</summary>
internal static class Http2Endpoints
{
    public static Task ApplyAsync(BeforeStartEvent @event, CancellationToken cancellationToken)
    {
        foreach (var resource in @event.Model.Resources.Where(resource => resource.HasAnnotationOfType<Http2ServiceAnnotation>()))
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsHttpScheme))
            {
                endpoint.Transport = "http2";
            }
        }

        return Task.CompletedTask;
    }
}
