using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private static readonly string[] s_httpSchemes = ["https", "http"];

    /// <summary>Makes a registered health check one of the resource.</summary>
    /// <exception cref="DistributedApplicationException">It is one already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(key);
        return builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key)
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Calls the resource healthy while a path answers; https is asked where there is no name and both.</summary>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it is not an HTTP one.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.WithHttpHealthCheck(EndpointSelector(builder, endpointName is null ? s_httpSchemes : [endpointName], "HTTP health check"), path, statusCode);

    /// <summary>Calls the resource healthy while a path of an endpoint answers.</summary>
    /// <exception cref="DistributedApplicationException">There is no such endpoint, or it is not an HTTP one.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = SelectHttpEndpoint(builder, endpointSelector, "HTTP health check");
        path ??= "/";
        var status = statusCode ?? 200;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{status}_check";
        builder.OnResourceEndpointsAllocated((resource, _, _) => endpoint.Exists
            ? Task.CompletedTask
            : throw new DistributedApplicationException($"The endpoint '{endpoint.EndpointName}' does not exist on the resource '{resource.Name}'."));
        HttpHealthCheck.Register(builder.ApplicationBuilder.Services, key, status, _ =>
            new(endpoint.IsAllocated ? new Uri(new Uri(endpoint.Url), path) : null));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Calls the resource healthy while a path of its https endpoint answers.</summary>
    [Obsolete("This method is obsolete and will be removed in a future version. Use the WithHttpHealthCheck method instead.")]
    public static IResourceBuilder<T> WithHttpsHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints => builder.WithHttpHealthCheck(path, statusCode, endpointName ?? "https");

    /// <summary>Adds a probe by HTTP, and a health check that does the same here.</summary>
    [Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        string? path = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null,
        int? successThreshold = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints, IResourceWithProbes =>
        builder.WithHttpProbe(
            type,
            EndpointSelector(builder, endpointName is null ? s_httpSchemes : [endpointName], "HTTP probe"),
            path,
            initialDelaySeconds,
            periodSeconds,
            timeoutSeconds,
            failureThreshold,
            successThreshold);

    /// <summary>Adds a probe by HTTP, and a health check that does the same here.</summary>
    [Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public static IResourceBuilder<T> WithHttpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null,
        int? successThreshold = null)
        where T : IResourceWithEndpoints, IResourceWithProbes
    {
        var endpoint = SelectHttpEndpoint(builder, endpointSelector, "HTTP probe");
        foreach (var replaced in builder.Resource.Annotations.OfType<ProbeAnnotation>().Where(probe => probe.Type == type).ToList())
        {
            builder.Resource.Annotations.Remove(replaced);
        }

        return builder
            .WithAnnotation(new EndpointProbeAnnotation
            {
                Type = type,
                EndpointReference = endpoint,
                Path = path ?? "/",
                InitialDelaySeconds = initialDelaySeconds ?? 5,
                PeriodSeconds = periodSeconds ?? 5,
                TimeoutSeconds = timeoutSeconds ?? 1,
                FailureThreshold = failureThreshold ?? 3,
                SuccessThreshold = successThreshold ?? 1,
            })
            .WithHttpHealthCheck(() => endpoint, path);
    }

    private static EndpointReference SelectHttpEndpoint<T>(IResourceBuilder<T> builder, Func<EndpointReference>? selector, string what)
        where T : IResourceWithEndpoints
    {
        selector ??= EndpointSelector(builder, s_httpSchemes, what);
        var endpoint = selector()
            ?? throw new DistributedApplicationException($"Could not create {what} for resource '{builder.Resource.Name}' as the endpoint selector returned null.");
        return endpoint.IsHttp || endpoint.IsHttps
            ? endpoint
            : throw new DistributedApplicationException($"Could not create {what} for resource '{builder.Resource.Name}' as the endpoint with name "
                + $"'{endpoint.EndpointName}' and scheme '{endpoint.Scheme}' is not an HTTP endpoint.");
    }

    private static Func<EndpointReference> EndpointSelector<T>(IResourceBuilder<T> builder, string[] names, string what)
        where T : IResourceWithEndpoints => () =>
        names.Select(name => FindEndpoint(builder.Resource, name)).FirstOrDefault(endpoint => endpoint is not null) is { } found
            ? new EndpointReference(builder.Resource, found)
            : throw new DistributedApplicationException($"Could not create {what} for resource '{builder.Resource.Name}' as no endpoint was found "
                + $"matching one of the specified names: {string.Join(", ", names)}");
}
