using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>
/// Adds to a model that runs here the resource that says what is deployed of it. It comes last, once the model is complete, and is
/// hidden until a stack was found: for who has not deployed it, it is no part of what runs here.
/// </summary>
internal static partial class DeployedStack
{
    /// <summary>The longest that a resource's name may be.</summary>
    private const int LongestName = 64;

    public static void AddTo(IDistributedApplicationBuilder builder, FargateEnvironmentResource environment)
    {
        var health = new DeployedHealth(environment.Name);
        health.AddTo(builder.Services.AddHealthChecks());
        builder.OnBeforeStart(
            (start, _) =>
            {
                var configuration = start.Services.GetRequiredService<IConfiguration>();
                var notifications = start.Services.GetRequiredService<ResourceNotificationService>();
                var lifetime = start.Services.GetRequiredService<IHostApplicationLifetime>();
                var scope = StatusScope.Of(start.Model, environment, StackNames.From(configuration));
                var resource = new DeployedStackResource(FreeName(scope.Application, start.Model));
                var watch = new DeployedWatch(AwsTarget.Of(environment), scope, resource, health, notifications, configuration);
                Add(start.Model, builder.CreateResourceBuilder(resource), health, watch);
                FollowOnceAllIsStarted(builder.Eventing, watch, lifetime.ApplicationStopping);
                return Task.CompletedTask;
            }
        );
    }

    private static void Add(
        DistributedApplicationModel model,
        IResourceBuilder<DeployedStackResource> stack,
        DeployedHealth health,
        DeployedWatch watch
    )
    {
        stack
            .ExcludeFromManifest()
            .WithInitialState(DeployedSnapshots.Initial())
            .WithIconName("Cloud")
            .WithCommand(
                "status",
                "Status",
                context => StatusAsync(watch, context.CancellationToken),
                new CommandOptions
                {
                    Description = "Show what is deployed",
                    IconName = "ClipboardPulse",
                    IsHighlighted = true,
                }
            )
            .WithCommand(
                "refresh",
                "Refresh",
                context => RefreshAsync(watch, context.CancellationToken),
                new CommandOptions
                {
                    Description = "Look again at what is deployed",
                    IconName = "ArrowClockwise",
                    IsHighlighted = true,
                }
            );
        foreach (var key in health.Keys)
        {
            stack.WithHealthCheck(key);
        }

        model.Resources.Add(stack.Resource);
    }

    private static async Task<ExecuteCommandResult> StatusAsync(DeployedWatch watch, CancellationToken cancellationToken) =>
        await watch.RefreshAsync(cancellationToken) is { } advice
            ? CommandResults.Failure(advice.Text)
            : CommandResults.Success("This is how it is now.", watch.Text, CommandResultFormat.Text, displayImmediately: true);

    private static async Task<ExecuteCommandResult> RefreshAsync(DeployedWatch watch, CancellationToken cancellationToken) =>
        await watch.RefreshAsync(cancellationToken) is { } advice
            ? CommandResults.Failure(advice.Text)
            : CommandResults.Success("This is how it is now.");

    /// <summary>Nobody waits for it: whoever runs the application here is not to be held up by what runs elsewhere.</summary>
    private static void FollowOnceAllIsStarted(IDistributedApplicationEventing eventing, DeployedWatch watch, CancellationToken stopping) =>
        eventing.Subscribe<AfterResourcesCreatedEvent>(
            (_, _) =>
            {
                _ = Task.Run(() => watch.FollowAsync(stopping), CancellationToken.None);
                return Task.CompletedTask;
            }
        );

    private static string FreeName(string wanted, DistributedApplicationModel model)
    {
        var taken = model.Resources.Select(resource => resource.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? "" : $"-{number}";
            var name = NoPartOfName().Replace(wanted, "-");
            name = name[..Math.Min(name.Length, LongestName - end.Length)].Trim('-') + end;
            if (!taken.Contains(name))
            {
                return name;
            }
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoPartOfName();
}
