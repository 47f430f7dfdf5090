using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Fargate;

/// <summary>Commands of AWS resources, which act in the emulator. Published, there are none.</summary>
internal static class EmulatorCommands
{
    /// <summary>Longer than a person waits; what is done until then stays done.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Adds a command that is there while the resource is healthy; whatever happens, it ends with a message for a person.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="displayName">What the dashboard calls it.</param>
    /// <param name="options">What else the dashboard shows of it.</param>
    /// <param name="execute">Does it.</param>
    /// <param name="isThere">Whether the resource has such a command at all.</param>
    public static IResourceBuilder<T> WithEmulatorCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        CommandOptions options,
        Func<EmulatedAws, CancellationToken, Task<ExecuteCommandResult>> execute,
        Func<T, bool>? isThere = null
    )
        where T : AwsResource
    {
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return builder;
        }

        options.UpdateState = context =>
            isThere?.Invoke(builder.Resource) == false ? ResourceCommandState.Hidden
            : context.ResourceSnapshot.HealthStatus is HealthStatus.Healthy ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled;
        return builder.WithCommand(name, displayName, context => ExecuteAsync(builder, execute, context.CancellationToken), options);
    }

    private static async Task<ExecuteCommandResult> ExecuteAsync<T>(
        IResourceBuilder<T> builder,
        Func<EmulatedAws, CancellationToken, Task<ExecuteCommandResult>> execute,
        CancellationToken cancellationToken
    )
        where T : AwsResource
    {
        var emulator = AwsEmulator.Find(builder.ApplicationBuilder.Resources, builder.Resource);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            using var aws = await emulator.ConnectAsync(patience.Token);
            return await execute(aws, patience.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Failure($"'{emulator.Resource.Name}' did not answer in time.");
        }
        catch (Exception exception)
        {
            return CommandResults.Failure($"'{emulator.Resource.Name}' says of '{builder.Resource.Name}': {exception.Message}");
        }
    }
}
