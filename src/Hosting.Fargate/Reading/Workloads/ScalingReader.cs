using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>How the number of a service's tasks moves.</summary>
internal static class ScalingReader
{
    private const double DefaultCpuPercent = 60;

    public static Scaling? Read(PublishedResource resource, Refusals refusals)
    {
        if (resource.Service!.Scaling is not { } scaling)
        {
            return null;
        }

        if (scaling.RequestsPerTarget is not null && !resource.Endpoints.Any(endpoint => endpoint.IsExternal))
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' scales by requests (OnRequests) and gets none from the load balancer. Use "
                    + "OnCpu, or WithExternalHttpEndpoints."
            );
        }

        if (scaling.Minimum == 0 && scaling.Backlog is null)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' scales to zero, and nothing would start it again: no task, no CPU and no "
                    + "requests to measure. Scale by a queue (OnBacklog), or from 1."
            );
        }

        if (scaling.Minimum == 0 && resource.Endpoints.Any(endpoint => endpoint.IsExternal))
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' is external and scales to zero: requests would be answered with 503 until a "
                    + "task starts. Scale from 1."
            );
        }

        foreach (var schedule in scaling.Schedules.Where(schedule => schedule.Maximum < schedule.Minimum))
        {
            refusals.Add(resource.Name, $"'{resource.Name}' has a schedule ({schedule.Expression}) whose maximum is below its minimum.");
        }

        var isByNothing = scaling is { CpuPercent: null, MemoryPercent: null, RequestsPerTarget: null, Backlog: null };
        return new Scaling(
            scaling.Minimum,
            scaling.Maximum,
            isByNothing ? DefaultCpuPercent : scaling.CpuPercent,
            scaling.MemoryPercent,
            scaling.RequestsPerTarget,
            scaling.Backlog is { } backlog ? new BacklogScaling(backlog.Queue.ToData(), backlog.MessagesPerTask) : null,
            [.. scaling.Schedules]
        );
    }
}
