using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines.Execution;

namespace Aspire.Hosting.Lifecycle;

#pragma warning disable CS0618 // Hooks and their event are obsolete, and still called.

/// <summary>
/// What comes before the hosted services: lets whoever wants to know subscribe, and says that the application is about to start.
/// </summary>
internal sealed class ApplicationStart(
    IServiceProvider services,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing,
    IEnumerable<IDistributedApplicationEventingSubscriber> subscribers,
    IEnumerable<IDistributedApplicationLifecycleHook> hooks,
    BeforeStart beforeStart)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (var subscriber in subscribers)
        {
            await subscriber.SubscribeAsync(eventing, executionContext, cancellationToken);
        }

        foreach (var hook in hooks)
        {
            eventing.Subscribe<AfterEndpointsAllocatedEvent>((@event, token) => hook.AfterEndpointsAllocatedAsync(@event.Model, token));
            eventing.Subscribe<AfterResourcesCreatedEvent>((@event, token) => hook.AfterResourcesCreatedAsync(@event.Model, token));
        }

        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        foreach (var hook in hooks)
        {
            await hook.BeforeStartAsync(model, cancellationToken);
        }

        await beforeStart.ExecuteAsync(cancellationToken);
    }
}
