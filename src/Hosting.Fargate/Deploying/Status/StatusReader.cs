using System.Collections.Immutable;
using Amazon.ECS;
using Amazon.ECS.Model;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>Reads what is deployed: for <c>status</c>, which prints it, and for the resource that shows it in run mode.</summary>
internal sealed class StatusReader(StatusScope scope, AwsClients aws, AwsAccount account)
{
    private readonly StackReader _stacks = new(aws.CloudFormation);

    public async Task<ApplicationStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var application = await StackAsync(scope.Application, cancellationToken);
        var managed = application.Stack is { } live
            ? await new ManagedReader(_stacks, aws, account).ReadAsync(live, cancellationToken)
            : [];
        var foundation = await StackAsync(scope.Foundation, cancellationToken);
        var (edge, ofEdge) = EdgeRollout.MayBeThere(foundation.Stack, application.Stack)
            ? await EdgeAsync(cancellationToken)
            : (null, null);
        var alarms = application.Stack is { } stack
            ? await new AlarmReader(_stacks, aws.CloudWatch).ReadAsync(stack, cancellationToken)
            : new AlarmsStatus([]);
        return new ApplicationStatus
        {
            Foundation = foundation,
            Application = application,
            Edge = edge,
            Services = await ServicesAsync([.. managed.Select(one => one.ModelId)], cancellationToken),
            Managed =
            [
                .. managed.Select(one =>
                    one with
                    {
                        ModelName = (one.IsReplica ? scope.Replicas : scope.Services).FirstOrDefault(name => Names.Id(name) == one.ModelId),
                    }
                ),
            ],
            Sites = await SitesAsync(foundation.Stack, cancellationToken),
            Alarms = ofEdge is null ? alarms : alarms.And(ofEdge),
        };
    }

    /// <summary>The stack in us-east-1, and its alarms.</summary>
    private async Task<(StackStatus? Stack, AlarmsStatus? Alarms)> EdgeAsync(CancellationToken cancellationToken)
    {
        using var there = aws.In(CloudFrontDistribution.CertificateRegion);
        var stacks = new StackReader(there.CloudFormation);
        var status = await StackAsync(stacks, StackNames.EdgeOf(scope.Application), cancellationToken);
        return (
            status,
            status.Stack is { } stack ? await new AlarmReader(stacks, there.CloudWatch).ReadAsync(stack, cancellationToken) : null
        );
    }

    private Task<StackStatus> StackAsync(string name, CancellationToken cancellationToken) => StackAsync(_stacks, name, cancellationToken);

    private static async Task<StackStatus> StackAsync(StackReader stacks, string name, CancellationToken cancellationToken)
    {
        var stack = await stacks.FindAsync(name, cancellationToken);
        return new StackStatus(name, stack, stack is null ? null : (await stacks.WhoAsync(stack, cancellationToken)).Deploy);
    }

    private async Task<ImmutableArray<SiteStatus>> SitesAsync(LiveStack? foundation, CancellationToken cancellationToken)
    {
        List<SiteStatus> sites = [];
        foreach (var name in scope.Sites)
        {
            if (foundation?.Outputs.GetValueOrDefault(Site.BucketOutputOf(name)) is { } bucket)
            {
                // The account is in the stack's id, an ARN.
                var releases = await new SiteReleases(aws.S3, foundation.Id.Split(':')[4], bucket, TimeProvider.System).ListAsync(
                    cancellationToken
                );
                sites.Add(new SiteStatus(name, bucket, releases.FirstOrDefault()?.Id, releases.FirstOrDefault()?.Since, releases.Count));
            }
        }

        return [.. sites];
    }

    /// <param name="managed">The ids of those that AWS runs, which are no services of ECS and need not be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<ImmutableArray<ServiceStatus>> ServicesAsync(HashSet<string> managed, CancellationToken cancellationToken)
    {
        var services = await LiveAsync(cancellationToken);
        List<(string Service, LiveTask Task)> tasks = services.Count == 0 ? [] : await TasksAsync(cancellationToken);
        List<ServiceStatus> all = [];
        foreach (
            var name in scope
                .Services.Where(name => services.ContainsKey(name) || !managed.Contains(Names.Id(name)))
                .Union(services.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        )
        {
            all.Add(
                new ServiceStatus
                {
                    Name = name,
                    IsInModel = scope.Services.Contains(name),
                    Live = services.GetValueOrDefault(name) is { } service
                        ? await ServiceAsync(
                            service,
                            [.. tasks.Where(pair => pair.Service == name).Select(pair => pair.Task)],
                            cancellationToken
                        )
                        : null,
                }
            );
        }

        return [.. all];
    }

    private async Task<LiveService> ServiceAsync(Service service, ImmutableArray<LiveTask> tasks, CancellationToken cancellationToken)
    {
        var last = (service.Deployments ?? []).Find(deployment => deployment.Status == "PRIMARY");
        var definition = await aws.Ecs.DescribeTaskDefinitionAsync(
            new DescribeTaskDefinitionRequest { TaskDefinition = service.TaskDefinition },
            cancellationToken
        );
        return new LiveService
        {
            Desired = service.DesiredCount ?? 0,
            Running = service.RunningCount ?? 0,
            Pending = service.PendingCount ?? 0,
            TaskDefinition = TaskFailure.IdOf(service.TaskDefinition),
            Rollout = last?.RolloutState?.Value ?? "unknown",
            FailureReason = last is { RolloutState.Value: "FAILED", RolloutStateReason: { Length: > 0 } reason } ? reason : null,
            DeployedAt = last?.CreatedAt?.ToUniversalTime(),
            Containers =
            [
                .. (definition.TaskDefinition.ContainerDefinitions ?? []).Select(container => new LiveContainer(
                    container.Name,
                    container.Image
                )),
            ],
            Tasks = tasks,
        };
    }

    /// <summary>The services of the cluster by name; none where there is no cluster.</summary>
    private async Task<Dictionary<string, Service>> LiveAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Service> services = new(StringComparer.Ordinal);
        try
        {
            await foreach (var service in aws.Ecs.ServicesAsync(scope.Application, cancellationToken))
            {
                if (service.Status != "INACTIVE")
                {
                    services[service.ServiceName] = service;
                }
            }
        }
        catch (ClusterNotFoundException)
        {
            // Nothing is deployed yet, or not any more.
        }

        return services;
    }

    /// <summary>The tasks of the cluster that are of a service.</summary>
    private async Task<List<(string Service, LiveTask Task)>> TasksAsync(CancellationToken cancellationToken)
    {
        const string OfService = "service:";
        List<(string Service, LiveTask Task)> tasks = [];
        await foreach (var task in aws.Ecs.TasksAsync(scope.Application, cancellationToken))
        {
            if (task.Group?.StartsWith(OfService, StringComparison.Ordinal) == true)
            {
                tasks.Add((task.Group[OfService.Length..], Describe(task)));
            }
        }

        return tasks;
    }

    private static LiveTask Describe(Amazon.ECS.Model.Task task) =>
        new(
            TaskFailure.IdOf(task.TaskArn),
            task.LastStatus,
            TaskFailure.IdOf(task.TaskDefinitionArn),
            task.AvailabilityZone,
            (task.StartedAt ?? task.CreatedAt)?.ToUniversalTime()
        );
}
