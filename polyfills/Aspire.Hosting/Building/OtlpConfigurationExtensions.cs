using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Makes resources send telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Makes a resource send telemetry in run mode.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    /// <summary>Makes a resource send telemetry in run mode, by a protocol.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol) where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    /// <summary>Makes a resource send telemetry in run mode.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        Add(resource, configuration, environment, new OtlpExporterAnnotation());

    /// <summary>Makes a resource send telemetry in run mode, by a protocol.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol) =>
        Add(resource, configuration, environment, new OtlpExporterAnnotation { RequiredProtocol = protocol });

    private static void Add(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpExporterAnnotation exporter)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        resource.Annotations.Add(exporter);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation((EnvironmentCallbackContext context) =>
        {
            if (context.ExecutionContext.IsRunMode && FindReceiver(configuration, exporter.RequiredProtocol) is var (url, protocol))
            {
                SetVariables(context.EnvironmentVariables, resource, configuration, environment, url, protocol);
            }
        }));
    }

    private static void SetVariables(
        Dictionary<string, object> variables, IResource resource, IConfiguration configuration, IHostEnvironment environment, string url, string protocol)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = new HostUrl(url);
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;

        // The orchestrator adds OTEL_RESOURCE_ATTRIBUTES, which says which replica it is.
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        if (!environment.IsDevelopment())
        {
            return;
        }

        // A developer wants to see everything, and soon. The delays are in milliseconds.
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }

    /// <summary>Where telemetry goes and how: nowhere where there is neither a dashboard nor another receiver.</summary>
    private static (string Url, string Protocol)? FindReceiver(IConfiguration configuration, OtlpProtocol? required)
    {
        var grpc = Configured("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL");
        var http = Configured("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
        return required switch
        {
            OtlpProtocol.HttpProtobuf when http is not null => (http, "http/protobuf"),
            OtlpProtocol.HttpJson when http is not null => (http, "http/json"),
            OtlpProtocol.HttpProtobuf or OtlpProtocol.HttpJson => throw new DistributedApplicationException(
                "OTLP over HTTP is asked for, but the dashboard has no address for it. Set ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL."),
            _ when grpc is not null => (grpc, "grpc"),
            null when http is not null => (http, "http/protobuf"),
            _ => null,
        };

        string? Configured(string name, string legacyName) =>
            configuration[name] is { Length: > 0 } value ? value : configuration[legacyName] is { Length: > 0 } legacy ? legacy : null;
    }
}
