using Amazon.ECS.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Rollouts;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>
/// Starts services anew that run since before a secret of theirs got its value. ECS reads a secret when a task starts, and to
/// CloudFormation a new value is no change. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
/// </summary>
internal sealed class SecretRollout(DeploySession session)
{
    /// <param name="versions">The secrets as they are now.</param>
    /// <param name="cancellationToken">Ends the waiting; what was begun goes on.</param>
    /// <returns>The services that were started anew.</returns>
    /// <exception cref="DistributedApplicationException">One did not become stable.</exception>
    public async Task<IReadOnlyList<string>> RollAsync(IReadOnlyList<SecretVersion> versions, CancellationToken cancellationToken)
    {
        var since = versions.ToDictionary(version => version.Secret, version => version.Created);
        List<ServiceSpec> stale = [];
        foreach (var services in session.Application.Services.Where(service => SecretsOf(service).Any()).Chunk(10))
        {
            var live = await DescribeAsync(services, cancellationToken);
            stale.AddRange(
                services.Where(service =>
                    live.GetValueOrDefault(service.Name) is { CreatedAt: { } begun }
                    && SecretsOf(service)
                        .Any(secret =>
                            since.GetValueOrDefault(secret) is { } created && created.ToUniversalTime() > begun.ToUniversalTime()
                        )
                )
            );
        }

        if (stale.Count == 0)
        {
            return [];
        }

        var watch = new ServiceWatch(session);
        await watch.StartAsync(cancellationToken);
        Dictionary<string, string?> started = new(StringComparer.Ordinal);
        foreach (var service in stale)
        {
            session.Logger.LogInformation("{Service}: a secret of it has a new value; starting its tasks anew", service.Name);
            var answer = await session.Aws.Ecs.UpdateServiceAsync(
                new UpdateServiceRequest
                {
                    Cluster = session.Application.Name,
                    Service = service.Name,
                    ForceNewDeployment = true,
                },
                cancellationToken
            );
            started[service.Name] = PrimaryOf(answer.Service)?.Id;
        }

        foreach (var services in stale.Chunk(10))
        {
            await WaitAsync(services, started, watch, cancellationToken);
        }

        return [.. stale.Select(service => service.Name)];
    }

    /// <summary>
    /// Waits until the deployments that were started are done. Another one in the place of one means that it was rolled back.
    /// </summary>
    private async Task WaitAsync(
        ServiceSpec[] services,
        Dictionary<string, string?> started,
        ServiceWatch watch,
        CancellationToken cancellationToken
    )
    {
        var ids = services.Select(ServiceComposer.Id).ToHashSet(StringComparer.Ordinal);
        var waiting = new Waiting(session.Time);
        while (true)
        {
            var live = await DescribeAsync(services, cancellationToken);
            await watch.ObserveAsync(ids, cancellationToken);
            if (
                Array.Find(services, service =>
                    live.GetValueOrDefault(service.Name) is not { } now
                    || now.RolloutState?.Value == "FAILED"
                    || now.Id != started[service.Name]
                ) is
                { } failed
            )
            {
                throw new DistributedApplicationException(
                    string.Join(
                        '\n',
                        [
                            .. watch.Explain(ServiceComposer.Id(failed)),
                            "It was started anew since a secret of it has a new value, which stays. Mend the cause and run deploy again.",
                        ]
                    )
                );
            }

            if (live.Values.All(now => now.RolloutState?.Value == "COMPLETED"))
            {
                return;
            }

            await waiting.PauseAsync(cancellationToken);
        }
    }

    /// <summary>The deployment that each service is at.</summary>
    private async Task<Dictionary<string, Amazon.ECS.Model.Deployment>> DescribeAsync(
        ServiceSpec[] services,
        CancellationToken cancellationToken
    )
    {
        var answer = await session.Aws.Ecs.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = session.Application.Name, Services = [.. services.Select(service => service.Name)] },
            cancellationToken
        );
        return (answer.Services ?? [])
            .Where(service => service.Status == "ACTIVE")
            .Select(service => (service.ServiceName, Primary: PrimaryOf(service)))
            .Where(pair => pair.Primary is not null)
            .ToDictionary(pair => pair.ServiceName, pair => pair.Primary!, StringComparer.Ordinal);
    }

    private static Amazon.ECS.Model.Deployment? PrimaryOf(Amazon.ECS.Model.Service service) =>
        (service.Deployments ?? []).Find(other => other.Status == "PRIMARY");

    /// <summary>The secrets that a service has, whole or inside of text.</summary>
    private static IEnumerable<SecretSpec> SecretsOf(ServiceSpec service) =>
        service.SecretVariables.SelectMany(variable =>
            variable.Source switch
            {
                WholeSecret whole => [whole.Secret],
                ComposedSecret composed => composed.Value.Parts.OfType<SecretValue>().Select(value => value.Secret),
                _ => Array.Empty<SecretSpec>(),
            }
        );
}
