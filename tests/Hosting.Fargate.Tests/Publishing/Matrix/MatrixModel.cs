using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing;

#pragma warning disable ASPIREPROBES001 // Probes say how a service shows that it works.

/// <summary>
/// The model that each row of the matrix makes its own: an API, a worker, a task, a container with data, a queue, a bucket and a table.
/// </summary>
internal sealed class MatrixModel
{
    /// <summary>The password of servers that exist.</summary>
    private const string ExistingSecret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared-AbCdEf";

    /// <summary>A repository in ECR, which tasks behind VPC endpoints reach too.</summary>
    public const string Registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    private IResourceBuilder<ParameterResource>? _stage;

    public MatrixModel(IDistributedApplicationBuilder builder)
    {
        Builder = builder;
        Environment = builder.AddFargateEnvironment("shop");
        Jobs = builder.AddSqsQueue("jobs");
        Datasets = builder.AddS3Bucket("datasets");
        Sessions = builder
            .AddDynamoDBTable("sessions", "id")
            .WithSortKey(new DynamoDBKey("opened", DynamoDBKeyType.Number))
            .RunAt(builder.AddContainer("dynamodb", "amazon/dynamodb-local").WithHttpEndpoint(targetPort: 8000).GetEndpoint("http"));
        Worker = builder.AddWorker("worker");
        Task = builder.AddWorker("report");
        Cache = builder.AddContainer("cache", $"{Registry}/redis", "7.4").WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp");
    }

    public IDistributedApplicationBuilder Builder { get; }

    public IResourceBuilder<FargateEnvironmentResource> Environment { get; }

    public IResourceBuilder<SqsQueueResource> Jobs { get; }

    public IResourceBuilder<S3BucketResource> Datasets { get; }

    public IResourceBuilder<DynamoDBTableResource> Sessions { get; }

    public IResourceBuilder<ProjectResource> Worker { get; }

    public IResourceBuilder<ProjectResource> Task { get; }

    public IResourceBuilder<ContainerResource> Cache { get; }

    /// <summary>The API as what runs; those below are the same one, as what else it is.</summary>
    public IResourceBuilder<IComputeResource> Api { get; private set; } = null!;

    public IResourceBuilder<IResourceWithEndpoints> ApiEndpoints { get; private set; } = null!;

    public IResourceBuilder<IResourceWithEnvironment> ApiEnvironment { get; private set; } = null!;

    public IResourceBuilder<IResourceWithArgs> ApiArguments { get; private set; } = null!;

    public IResourceBuilder<IResourceWithWaitSupport> ApiWaits { get; private set; } = null!;

    public Action<string> ProbeApi { get; private set; } = null!;

    /// <summary>A plain parameter.</summary>
    public IResourceBuilder<ParameterResource> Stage => _stage ??= Builder.AddParameter("stage", "prod");

    /// <summary>A worker with a database and a cache that exist, as they may where the network does.</summary>
    public void UseExistingServers() =>
        Builder
            .AddWorker("clerk")
            .WithReference(
                Builder
                    .AddPostgresServer("archive")
                    .UseExisting("archive.internal", "sg-0123456789abcdef0", server =>
                        (server.UserName, server.PasswordSecretArn) = ("app", ExistingSecret)
                    )
                    .AddDatabase("papers")
            )
            .WithReference(
                Builder
                    .AddRedis("shared")
                    .UseExisting("shared.internal", "sg-0123456789abcdef1", server =>
                        (server.Port, server.Tls, server.PasswordSecretArn) = (6390, false, ExistingSecret)
                    )
            );

    public void UseProject() => Use(Builder.AddWeb("api"));

    public void UseContainer(IResourceBuilder<ContainerResource> container) =>
        Use(container.WithHttpEndpoint(targetPort: 8080, name: "http"));

    public void Service(Action<FargateService> configure) => Api.PublishAsFargateService(configure);

    public void WorkerService(Action<FargateService> configure) => Worker.PublishAsFargateService(configure);

    public void RunTask(Action<FargateTask> configure) => Task.PublishAsFargateTask(configure);

    private void Use<T>(IResourceBuilder<T> api)
        where T : class,
            IComputeResource,
            IResourceWithEndpoints,
            IResourceWithEnvironment,
            IResourceWithArgs,
            IResourceWithWaitSupport,
            IResourceWithProbes
    {
        api.WithExternalHttpEndpoints();
        ProbeApi = path => api.WithHttpProbe(ProbeType.Readiness, path);
        (Api, ApiEndpoints, ApiEnvironment, ApiArguments, ApiWaits) = (api, api, api, api, api);
    }
}
