using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Fargate;

/// <summary>Healthy is an AWS resource that the emulator has: who waits for it can use it.</summary>
internal sealed class AwsResourceHealthCheck(AwsResource resource, IEnumerable<IResource> model) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (resource.IsReal)
        {
            return HealthCheckResult.Healthy($"'{resource.Name}' is {resource.ExistingArn}.");
        }

        var emulator = AwsEmulator.Find(model, resource);
        try
        {
            using var aws = await emulator.ConnectAsync(cancellationToken);
            return await resource.ExistsAsync(aws, cancellationToken)
                ? HealthCheckResult.Healthy($"'{emulator.Resource.Name}' has '{resource.Name}'.")
                : HealthCheckResult.Unhealthy($"'{emulator.Resource.Name}' has no '{resource.Name}'. Start it again, and it is made anew.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"'{emulator.Resource.Name}' does not answer: {exception.Message}");
        }
    }
}
