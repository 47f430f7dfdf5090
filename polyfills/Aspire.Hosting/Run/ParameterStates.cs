using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>Shows which parameters have a value. One without is no reason for the others not to run: only whoever refers to it fails.</summary>
internal static class ParameterStates
{
    private const string ValueProperty = "Value";

    public static async Task PublishAsync(
        IEnumerable<ParameterResource> parameters, ResourceNotificationService notifications, ResourceLoggerService loggers, CancellationToken cancellationToken)
    {
        foreach (var parameter in parameters)
        {
            try
            {
                var value = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
                await notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
                {
                    State = new ResourceStateSnapshot(KnownResourceStates.Active, KnownResourceStateStyles.Success),
                    Properties =
                    [
                        .. snapshot.Properties.Where(property => property.Name != ValueProperty),
                        new ResourcePropertySnapshot(ValueProperty, value) { IsSensitive = parameter.Secret },
                    ],
                }).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                loggers.GetLogger(parameter).LogError("{Problem}", exception.Message);
                await notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
                {
                    State = new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Error),
                }).ConfigureAwait(false);
            }
        }
    }
}
