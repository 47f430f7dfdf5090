namespace Aspire.Hosting;

/// <summary>Asks the person in front of the dashboard or the official command line.</summary>
public interface IInteractionService
{
    /// <summary>Whether there is anybody to ask.</summary>
    bool IsAvailable { get; }

    /// <summary>Asks to confirm something.</summary>
    /// <exception cref="InvalidOperationException">There is nobody to ask.</exception>
    Task<InteractionResult<bool>> PromptConfirmationAsync(
        string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Shows a message.</summary>
    /// <exception cref="InvalidOperationException">There is nobody to ask.</exception>
    Task<InteractionResult<bool>> PromptMessageBoxAsync(
        string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Shows a notification.</summary>
    /// <exception cref="InvalidOperationException">There is nobody to ask.</exception>
    Task<InteractionResult<bool>> PromptNotificationAsync(
        string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>Nobody can be asked: neither the official command line nor a dashboard that asks is attached.</summary>
internal sealed class UnavailableInteractionService : IInteractionService
{
    public bool IsAvailable => false;

    public Task<InteractionResult<bool>> PromptConfirmationAsync(
        string title, string message, MessageBoxInteractionOptions? options, CancellationToken cancellationToken) => throw Unavailable();

    public Task<InteractionResult<bool>> PromptMessageBoxAsync(
        string title, string message, MessageBoxInteractionOptions? options, CancellationToken cancellationToken) => throw Unavailable();

    public Task<InteractionResult<bool>> PromptNotificationAsync(
        string title, string message, NotificationInteractionOptions? options, CancellationToken cancellationToken) => throw Unavailable();

    private static InvalidOperationException Unavailable() =>
        new($"InteractionService is not available because nobody can be asked. Check {nameof(IInteractionService.IsAvailable)} first.");
}
