using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Services outside the application.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service at a known address.</summary>
    /// <exception cref="ArgumentException">The address is relative, or has a query or fragment.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return ExternalServiceResource.TryParseUrl(url, out var uri, out var fault)
            ? builder.AddExternalService(name, uri)
            : throw new ArgumentException($"The external service URL '{url}' is invalid: {fault}", nameof(url));
    }

    /// <summary>Adds a service at a known address.</summary>
    /// <exception cref="ArgumentException">The address is relative, or has a query or fragment.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri) =>
        Add(builder, new ExternalServiceResource(name, uri)).WithUrl(uri.ToString());

    /// <summary>Adds a service whose address is a parameter.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> urlParameter)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        return Add(builder, new ExternalServiceResource(name, urlParameter.Resource)).WithUrl(ReferenceExpression.Create($"{urlParameter.Resource}"));
    }

    /// <summary>Calls the service healthy while a path of it answers.</summary>
    /// <exception cref="ArgumentException">The path is not relative, or the service is none of HTTP.</exception>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(
        this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = null)
    {
        var service = builder.Resource;
        if (path is not null && !Uri.IsWellFormedUriString(path, UriKind.Relative))
        {
            throw new ArgumentException($"The path '{path}' is not a valid relative URL.", nameof(path));
        }

        if (service.Uri is { Scheme: not ("http" or "https") })
        {
            throw new ArgumentException(
                $"The URL '{service.Uri}' for external service '{service.Name}' cannot be used for HTTP health checks because it has a non-HTTP scheme.",
                nameof(builder));
        }

        var status = statusCode ?? 200;
        var key = $"{service.Name}_external{(path is null ? "" : "_" + path)}_{status}_check";
        HttpHealthCheck.Register(builder.ApplicationBuilder.Services, key, status, async token =>
        {
            var uri = await service.GetUriAsync(usedBy: service, token);
            return path is null ? uri : new Uri(uri, path);
        });
        return builder.WithHealthCheck(key);
    }

    /// <summary>The address of a service, wherever it comes from.</summary>
    /// <exception cref="DistributedApplicationException">The parameter's value is no address of a service.</exception>
    internal static async ValueTask<Uri> GetUriAsync(this ExternalServiceResource service, IResource usedBy, CancellationToken cancellationToken)
    {
        if (service.Uri is { } known)
        {
            return known;
        }

        var parameter = service.UrlParameter!;
        return ExternalServiceResource.TryParseUrl(await parameter.GetValueAsync(cancellationToken), out var uri, out var fault)
            ? uri
            : throw new DistributedApplicationException($"The URL parameter '{parameter.Name}' for source resource '{service.Name}' is invalid "
                + $"while configuring target resource '{usedBy.Name}': {fault}");
    }

    private static IResourceBuilder<ExternalServiceResource> Add(IDistributedApplicationBuilder builder, ExternalServiceResource service) =>
        builder.AddResource(service)
            .WithInitialState(new()
            {
                ResourceType = KnownResourceTypes.ExternalService,
                State = KnownResourceStates.Waiting,
                Properties = [],
            })
            .ExcludeFromManifest()
            .OnInitializeResource(InitializeAsync);

    private static async Task InitializeAsync(ExternalServiceResource service, InitializeResourceEvent @event, CancellationToken cancellationToken)
    {
        try
        {
            var uri = await service.GetUriAsync(usedBy: service, cancellationToken);
            await @event.Eventing.PublishAsync(new BeforeResourceStartedEvent(service, @event.Services), cancellationToken);
            await @event.Notifications.PublishUpdateAsync(service, snapshot => snapshot with
            {
                Properties = [.. snapshot.Properties.Where(property => property.Name != CustomResourceKnownProperties.Source),
                    new(CustomResourceKnownProperties.Source, uri.Host)],
                Urls = snapshot.Urls.Any(url => url.Url == uri.ToString()) ? snapshot.Urls : snapshot.Urls.Add(new(null, uri.ToString(), IsInternal: false)),
                State = KnownResourceStates.Running,
            });
        }
        catch (DistributedApplicationException exception)
        {
            @event.Logger.LogError("{Problem}", exception.Message);
            await @event.Notifications.PublishUpdateAsync(service, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
        }
    }
}
