using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Hosting.Fargate.Deploying.Aws;
using Hosting.Fargate.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>A stack that is deployed, or may be, as something to look at in run mode: nothing starts it and nothing waits for it.</summary>
internal sealed class DeployedStackResource(string name) : Resource(name), IResourceWithoutLifetime;

/// <summary>A service of a stack, likewise.</summary>
/// <param name="name">The resource's name: the service's own is that of what runs here.</param>
/// <param name="service">The service's name.</param>
internal sealed class DeployedServiceResource(string name, string service) : Resource(name), IResourceWithoutLifetime
{
    public string Service { get; } = service;
}

/// <summary>
/// Adds to a model that runs here the resources that say what is deployed of it. They come last, once the model is complete, since each
/// service has one; they are hidden, for they are no part of what runs here.
/// </summary>
internal static partial class DeployedResources
{
    /// <summary>The longest that a resource's name may be.</summary>
    private const int LongestName = 64;

    public static void AddTo(IDistributedApplicationBuilder builder, FargateEnvironmentResource environment) => builder.OnBeforeStart((start, _) =>
    {
        var configuration = start.Services.GetRequiredService<IConfiguration>();
        var scope = StatusScope.Of(start.Model, environment, StackNames.From(configuration));
        var taken = start.Model.Resources.Select(resource => resource.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var stack = new DeployedStackResource(FreeName(scope.Application, taken));
        DeployedServiceResource[] services = [.. scope.Services.Select(service => new DeployedServiceResource(FreeName($"{scope.Application}-{service}", taken), service))];
        Add(start.Model, stack, DeployedSnapshots.InitialStack());
        foreach (var service in services)
        {
            Add(start.Model, service, DeployedSnapshots.InitialService(service));
            service.Annotations.Add(new ResourceRelationshipAnnotation(stack, "Parent"));
        }

        var watch = new DeployedWatch(AwsTarget.Of(environment), scope, stack, services, start.Services.GetRequiredService<ResourceNotificationService>(), configuration);
        AddRefresh(builder.CreateResourceBuilder(stack), watch);
        FollowOnceAllIsStarted(builder.Eventing, watch, start.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return Task.CompletedTask;
    });

    private static void AddRefresh(IResourceBuilder<DeployedStackResource> stack, DeployedWatch watch) => stack.WithCommand(
        "refresh",
        "Refresh",
        async context => await watch.RefreshAsync(context.CancellationToken) is { } advice ? CommandResults.Failure(advice.Text) : CommandResults.Success($"This is how {stack.Resource.Name} is now."),
        new CommandOptions { Description = "Looks at what is deployed.", IconName = "ArrowClockwise", IsHighlighted = true });

    /// <summary>Nobody waits for it: whoever runs the application here is not to be held up by what runs elsewhere.</summary>
    private static void FollowOnceAllIsStarted(IDistributedApplicationEventing eventing, DeployedWatch watch, CancellationToken stopping) =>
        eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) =>
        {
            _ = Task.Run(() => watch.FollowAsync(stopping), CancellationToken.None);
            return Task.CompletedTask;
        });

    private static void Add(DistributedApplicationModel model, Resource resource, CustomResourceSnapshot initial)
    {
        resource.Annotations.Add(ManifestPublishingCallbackAnnotation.Ignore);
        resource.Annotations.Add(new ResourceSnapshotAnnotation(initial));
        model.Resources.Add(resource);
    }

    private static string FreeName(string wanted, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? "" : $"-{number}";
            var name = NoPartOfName().Replace(wanted, "-");
            name = name[..Math.Min(name.Length, LongestName - end.Length)].Trim('-') + end;
            if (taken.Add(name))
            {
                return name;
            }
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoPartOfName();
}
