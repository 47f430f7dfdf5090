using Aspire.Hosting.Run;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands that resources offer: <c>start</c>, <c>stop</c>, <c>restart</c>, and whatever the model added.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Runs a command of one instance of a resource.</summary>
    /// <param name="resourceId">The name of the instance, or of a resource that has only one.</param>
    /// <param name="commandName">The command's name.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(commandName);
        return _notifications.TryGetCurrentState(resourceId, out var current)
            ? ExecuteAsync(current.Resource, current.ResourceId, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."));
    }

    /// <summary>Runs a command of a resource; where it has replicas, of each of them at once.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(commandName);
        var names = resource.InstanceNames();
        var results = await Task.WhenAll(names.Select(name => ExecuteAsync(resource, name, commandName, cancellationToken)))
            .ConfigureAwait(false);
        if (results is [var single])
        {
            return single;
        }

        var failed = names.Zip(results).Where(pair => !pair.Second.Success).ToList();
        return failed.Count == 0
            ? results.FirstOrDefault(result => result.Data is not null) ?? CommandResults.Success()
            : failed.TrueForAll(pair => pair.Second.Canceled)
                ? CommandResults.Canceled()
                : CommandResults.Failure(string.Join(Environment.NewLine, failed.Select(pair => $"{pair.First}: {pair.Second.Message}")));
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource, string resourceId, string commandName, CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(resourceId);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>()
            .FirstOrDefault(command => string.Equals(command.Name, commandName, StringComparison.OrdinalIgnoreCase));
        if (command is null)
        {
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");
        }

        try
        {
            logger.LogInformation("Executing command '{CommandName}'.", command.Name);
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                Services = _services,
                CancellationToken = cancellationToken,
                Logger = logger,
            }).ConfigureAwait(false);
            if (!result.Success && !result.Canceled)
            {
                logger.LogInformation("Failure executing command '{CommandName}'. Error message: {ErrorMessage}", command.Name, result.Message);
            }
            return result;
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            // A command is anybody's code; whatever goes wrong in it is its result.
            logger.LogError("Error executing command '{CommandName}': {Problem}", command.Name, exception.Message);
            return CommandResults.Failure(exception.Message);
        }
    }
}
