using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIREPROBES001 // Probes say how a service shows that it works.

/// <summary>How the load balancer asks whether a task works: by the options, else the model's probes, else its health checks.</summary>
internal static class HealthReader
{
    public static TargetHealth Read(PublishedResource resource, Refusals refusals)
    {
        var options = resource.Service!.HealthCheck;
        var ofModel = OfProbes(resource.Resource) ?? OfHealthChecks(resource.Resource);
        Check(options.Interval, 5, 300, nameof(options.Interval));
        Check(options.Timeout, 2, 120, nameof(options.Timeout));
        Check(options.GracePeriod, 0, int.MaxValue, nameof(options.GracePeriod));
        CheckThreshold(options.HealthyThreshold, nameof(options.HealthyThreshold));
        CheckThreshold(options.UnhealthyThreshold, nameof(options.UnhealthyThreshold));
        if (options.Timeout >= options.Interval)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has a health check with Timeout = {options.Timeout.TotalSeconds} s, not below "
                    + $"Interval = {options.Interval.TotalSeconds} s."
            );
        }

        return new TargetHealth(
            options.Path ?? ofModel?.Path ?? "/",
            options.SuccessCodes ?? ofModel?.Codes ?? (options.Path is null ? "200-499" : "200"),
            (int)options.Interval.TotalSeconds,
            (int)options.Timeout.TotalSeconds,
            options.HealthyThreshold,
            options.UnhealthyThreshold,
            (int)options.GracePeriod.TotalSeconds,
            IsOfModel: options.Path is not null || ofModel is not null
        )
        {
            Port = options.Path is not null
                ? null
                : resource.Endpoints.FirstOrDefault(endpoint => endpoint.Name == ofModel?.Endpoint)?.Port,
        };

        void Check(TimeSpan time, int least, int most, string option)
        {
            if (time.TotalSeconds < least || time.TotalSeconds > most || time.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                var range = most == int.MaxValue ? $"{least} or more" : $"{least} to {most}";
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' has a health check with {option} = {time.TotalSeconds} s. A load balancer "
                        + $"takes whole seconds, {range}."
                );
            }
        }

        void CheckThreshold(int count, string option)
        {
            if (count is < 2 or > 10)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' has a health check with {option} = {count}. A load balancer takes 2 to 10."
                );
            }
        }
    }

    private static (string Endpoint, string Path, string Codes)? OfProbes(IResource resource)
    {
        var probe = resource
            .Annotations.OfType<EndpointProbeAnnotation>()
            .OrderBy(annotation =>
                annotation.Type switch
                {
                    ProbeType.Readiness => 0,
                    ProbeType.Liveness => 1,
                    _ => 2,
                }
            )
            .FirstOrDefault();
        return probe is null ? null : (probe.EndpointReference.EndpointName, WithSlash(probe.Path), "200");
    }

    /// <summary>The path of a health check is in no annotation, only in its key: RESOURCE_ENDPOINT_PATH_STATUS_check.</summary>
    private static (string Endpoint, string Path, string Codes)? OfHealthChecks(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name).ToList();
        foreach (var key in resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key))
        {
            foreach (var endpoint in endpoints)
            {
                var prefix = $"{resource.Name}_{endpoint}_";
                var middle =
                    key.StartsWith(prefix, StringComparison.Ordinal) && key.EndsWith("_check", StringComparison.Ordinal)
                        ? key[prefix.Length..^"_check".Length]
                        : "";
                if (middle.LastIndexOf('_') is > 0 and var split && int.TryParse(middle.AsSpan(split + 1), out _))
                {
                    return (endpoint, WithSlash(middle[..split]), middle[(split + 1)..]);
                }
            }
        }

        return null;
    }

    private static string WithSlash(string path) => path.StartsWith('/') ? path : "/" + path;
}
