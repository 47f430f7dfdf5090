using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>How what is deployed does, as of the last look: a check of health calls nobody.</summary>
internal sealed class DeployedHealth(string environment)
{
    private ApplicationStatus? _latest;

    public IReadOnlyList<string> Keys { get; } = [$"{environment}_tasks", $"{environment}_alarms"];

    public void Set(ApplicationStatus status) => Volatile.Write(ref _latest, status);

    public void AddTo(IHealthChecksBuilder checks) =>
        checks
            .AddCheck(Keys[0], () => Volatile.Read(ref _latest) is { } status ? Tasks(status) : Nothing)
            .AddCheck(Keys[1], () => Volatile.Read(ref _latest) is { } status ? Alarms(status.Alarms) : Nothing);

    private static HealthCheckResult Nothing => HealthCheckResult.Degraded("Nobody has looked yet.");

    private static HealthCheckResult Tasks(ApplicationStatus status)
    {
        var services = status.Services.Where(service => service.Live is not null).ToList();
        if (services.Count == 0)
        {
            return HealthCheckResult.Healthy("No service is deployed.");
        }

        var text = string.Join(
            ", ",
            services.Select(service => $"{service.Name}: {service.Live!.Running} of {service.Live.Desired} running")
        );
        return services.Exists(service => service.Live is { Running: 0, Desired: > 0 }) ? HealthCheckResult.Unhealthy(text)
            : services.Exists(service => service.Live!.Running < service.Live.Desired) ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy(text);
    }

    private static HealthCheckResult Alarms(AlarmsStatus alarms)
    {
        var active = alarms.Active.Select(alarm => alarm.Reason is null ? alarm.What : $"{alarm.What} ({alarm.Reason})").ToList();
        return active.Count > 0
            ? HealthCheckResult.Degraded(string.Join(Environment.NewLine, active))
            : HealthCheckResult.Healthy(alarms.Summary ?? "The application has none.");
    }
}
