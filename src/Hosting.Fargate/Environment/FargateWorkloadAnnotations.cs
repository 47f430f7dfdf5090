using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>The model says how a resource is a service.</summary>
internal sealed record FargateServiceAnnotation(Action<FargateService> Configure) : IResourceAnnotation;

/// <summary>The model says that a resource is a task that ends.</summary>
internal sealed record FargateTaskAnnotation(Action<FargateTask> Configure) : IResourceAnnotation;

/// <summary>The model says that ElastiCache Serverless runs a resource.</summary>
internal sealed record ElastiCacheAnnotation(ServerlessCache Cache) : IResourceAnnotation;

/// <summary>The model says that nodes of ElastiCache run a resource.</summary>
internal sealed record ElastiCacheNodesAnnotation(CacheNodes Nodes) : IResourceAnnotation;

/// <summary>The model says that RDS runs a resource.</summary>
internal sealed record RdsAnnotation(RelationalDatabase Database) : IResourceAnnotation;

/// <summary>The model says that Aurora runs a resource.</summary>
internal sealed record AuroraAnnotation(AuroraDatabase Database) : IResourceAnnotation;

/// <summary>The model says that a resource is a static site.</summary>
/// <param name="Configure">How.</param>
/// <param name="Folder">The folder of a program that runs here; null for a container.</param>
internal sealed record StaticSiteAnnotation(Action<StaticSite> Configure, string? Folder) : IResourceAnnotation;

/// <summary>The model says that a resource stands for a server that exists.</summary>
internal sealed record ExistingServerAnnotation(ExistingServer Server) : IResourceAnnotation;

/// <summary>The model says that Amazon MQ runs a resource.</summary>
internal sealed record AmazonMqAnnotation(MessageBroker Broker) : IResourceAnnotation;
