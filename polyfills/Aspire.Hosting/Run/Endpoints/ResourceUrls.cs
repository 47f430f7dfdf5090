using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Endpoints;

/// <summary>The addresses of a resource that people see: its endpoints, and what the model makes of them.</summary>
internal static class ResourceUrls
{
    /// <summary>Makes the addresses of a resource's allocated endpoints, lets the model's callbacks change them, and keeps them as annotations.</summary>
    public static async Task<ImmutableArray<UrlSnapshot>> MakeAsync(
        IResource resource, DistributedApplicationExecutionContext context, ILogger logger, CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints withEndpoints)
        {
            urls.AddRange(resource.Annotations.OfType<EndpointAnnotation>()
                .Where(endpoint => endpoint.AllocatedEndpoint is not null)
                .Select(endpoint => new ResourceUrlAnnotation
                {
                    Url = endpoint.AllocatedEndpoint!.UriString,
                    Endpoint = new EndpointReference(withEndpoints, endpoint),
                }));
        }

        foreach (var given in resource.Annotations.OfType<ResourceUrlAnnotation>().ToList())
        {
            urls.Add(given);
            resource.Annotations.Remove(given);
        }

        var callbackContext = new ResourceUrlsCallbackContext(context, resource, urls, cancellationToken) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
        {
            try
            {
                await callback.Callback(callbackContext).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError("A callback that changes the URLs of '{Resource}' failed: {Problem}", resource.Name, exception.Message);
            }
        }

        foreach (var url in urls)
        {
            if (url.Url.StartsWith('/') && url.Endpoint?.EndpointAnnotation.AllocatedEndpoint is { } allocated)
            {
                url.Url = allocated.UriString + url.Url;
            }
            resource.Annotations.Add(url);
        }
        // An endpoint's address is of no use before the resource runs.
        return
        [
            .. urls.Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                IsInactive = url.Endpoint is not null,
                DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? ""),
            }),
        ];
    }
}
