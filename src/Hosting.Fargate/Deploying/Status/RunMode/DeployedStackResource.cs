using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>A stack that is deployed, or may be, as something to look at in run mode: nothing starts it and nothing waits for it.</summary>
internal sealed class DeployedStackResource(string name) : Resource(name), IResourceWithoutLifetime;
