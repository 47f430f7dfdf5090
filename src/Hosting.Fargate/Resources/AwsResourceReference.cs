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

                if (context.ExecutionContext.IsRunMode)
                {
                    AwsEmulator.Find(builder.ApplicationBuilder.Resources, resource).AddressTo(context.EnvironmentVariables, resource);
                }
            });
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
