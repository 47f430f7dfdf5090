using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Fargate;

/// <summary>What a service is told of an AWS resource that it refers to.</summary>
internal static class AwsResourceReference
{
    /// <param name="builder">The application's builder.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="type">What the dashboard calls its kind.</param>
    /// <param name="icon">A name of Fluent UI's icons.</param>
    public static IResourceBuilder<T> AddAwsResource<T>(this IDistributedApplicationBuilder builder, T resource, string type, string icon)
        where T : AwsResource
    {
        var added = builder.AddResource(resource);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return added;
        }

        // The emulator may be added later than what lives in it, but not be missing when the application starts.
        builder.OnBeforeStart(
            (@event, _) =>
            {
                if (resource.IsReal)
                {
                    return UseAsync(resource, @event.Services);
                }

                added.WithParentRelationship(AwsEmulator.Find(@event.Model.Resources, resource).Resource);
                return Task.CompletedTask;
            }
        );
        var health = $"{resource.Name}_check";
        builder.Services.AddHealthChecks().AddCheck(health, new AwsResourceHealthCheck(resource, builder.Resources));
        return added.WithInitialState(AwsResourceSnapshots.Initial(resource, type)).WithIconName(icon).WithHealthCheck(health);
    }

    /// <param name="builder">Who refers.</param>
    /// <param name="resource">To what.</param>
    /// <param name="access">What for.</param>
    /// <exception cref="ArgumentOutOfRangeException">For nothing, or for what there is not.</exception>
    public static IResourceBuilder<T> WithAwsResource<T, TAccess>(this IResourceBuilder<T> builder, AwsResource resource, TAccess access)
        where T : IResourceWithEnvironment
        where TAccess : struct, Enum
    {
        ThrowIfNothing(access);
        return builder
            .WithAnnotation(new AwsReferenceAnnotation(resource, access))
            .WithReferenceRelationship(resource)
            .WithEnvironment(context =>
            {
                foreach (var output in resource.InjectedOutputs)
                {
                    context.EnvironmentVariables[$"AWS__Resources__{resource.Name}__{output.Property}"] = output;
                }

                if (context.ExecutionContext.IsRunMode && resource.IsReal)
                {
                    RefuseBoth(builder.Resource, resource);
                    context.EnvironmentVariables.TryAdd("AWS_REGION", resource.ExistingArn!.Split(':')[3]);
                }
                else if (context.ExecutionContext.IsRunMode)
                {
                    AwsEmulator.Find(builder.ApplicationBuilder.Resources, resource).AddressTo(context.EnvironmentVariables, resource);
                }
            });
    }

    /// <summary>What exists is there as soon as the application starts.</summary>
    private static Task UseAsync(AwsResource resource, IServiceProvider services)
    {
        foreach (var output in resource.Outputs)
        {
            output.SetValue(resource.KnownOutput(output.Property) ?? "");
        }

        return services
            .GetRequiredService<ResourceNotificationService>()
            .PublishUpdateAsync(resource, snapshot => AwsResourceSnapshots.Created(snapshot, resource));
    }

    /// <summary>The emulator wants credentials of its own, and a process has one set of them.</summary>
    private static void RefuseBoth(IResource user, AwsResource real)
    {
        if (user.Annotations.OfType<AwsReferenceAnnotation>().FirstOrDefault(reference => !reference.Resource.IsReal) is { } emulated)
        {
            throw new DistributedApplicationException(
                $"'{user.Name}' uses '{real.Name}', which is AWS's own, and '{emulated.Resource.Name}' of the emulator, which wants other credentials. "
                    + $"Say where '{real.Name}' is when the application runs here: .RunAt(endpoint)."
            );
        }
    }

    private static void ThrowIfNothing<TAccess>(TAccess access)
        where TAccess : struct, Enum
    {
        var value = Convert.ToInt32(access, null);
        var all = Enum.GetValues<TAccess>().Aggregate(0, (flags, flag) => flags | Convert.ToInt32(flag, null));
        if (value == 0 || (value & ~all) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(access),
                access,
                $"A reference must say which access it means: {string.Join(", ", Enum.GetNames<TAccess>())}, or several of them."
            );
        }
    }
}
