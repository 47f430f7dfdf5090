namespace Aspire.Hosting.ApplicationModel;

/// <summary>Options of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What to do when a resource that is waited for becomes unavailable, where the wait itself does not say.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
