using Aws.Ecs.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the scale-in protection of the task.</summary>
public static class TaskProtectionExtensions
{
    /// <summary>
    /// Adds <see cref="ITaskProtection"/>. On Amazon ECS, where the agent sets <c>ECS_AGENT_URI</c>, it asks the agent; the task's role
    /// needs <c>ecs:GetTaskProtection</c> and <c>ecs:UpdateTaskProtection</c>, and the task must belong to a service. Elsewhere it does
    /// nothing. Call it before adding the services that use it: they are then stopped before the protection is given up.
    /// </summary>
    /// <remarks>
    /// A protected task is not replaced by a deployment either, which waits for it: a worker that always has work holds it up until the
    /// deployment is given up or the work ends.
    /// </remarks>
    /// <param name="builder">The builder of a worker.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static TBuilder AddTaskProtection<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .Services.AddOptions<TaskProtectionOptions>()
            .BindConfiguration(TaskProtectionOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (!Uri.TryCreate(builder.Configuration[TaskProtection.AgentVariable], UriKind.Absolute, out var agent))
        {
            builder.Services.TryAddSingleton<ITaskProtection, NoTaskProtection>();
            return builder;
        }

        builder.Services.AddSingleton(new TaskProtectionAgent(agent));
        builder.Services.AddSingleton<TaskProtection>();
        builder.Services.AddSingleton<ITaskProtection>(provider => provider.GetRequiredService<TaskProtection>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TaskProtection>());
        return builder;
    }

    private sealed class NoTaskProtection : ITaskProtection, IDisposable
    {
        public IDisposable Protect() => this;

        public void Dispose() { }
    }
}
