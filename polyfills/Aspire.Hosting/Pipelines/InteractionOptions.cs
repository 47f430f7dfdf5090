namespace Aspire.Hosting;

/// <summary>How a question looks.</summary>
public class InteractionOptions
{
    /// <summary>The text of the first button.</summary>
    public string? PrimaryButtonText { get; set; }

    /// <summary>The text of the second button.</summary>
    public string? SecondaryButtonText { get; set; }

    /// <summary>Whether there is a second button.</summary>
    public bool? ShowSecondaryButton { get; set; }

    /// <summary>Whether it can be closed without an answer.</summary>
    public bool? ShowDismiss { get; set; }

    /// <summary>Whether the message is Markdown.</summary>
    public bool? EnableMessageMarkdown { get; set; }
}

/// <summary>How a message box looks.</summary>
public class MessageBoxInteractionOptions : InteractionOptions
{
    /// <summary>What the message is for.</summary>
    public MessageIntent? Intent { get; set; }
}

/// <summary>How a notification looks.</summary>
public class NotificationInteractionOptions : InteractionOptions
{
    /// <summary>What the message is for.</summary>
    public MessageIntent? Intent { get; set; }

    /// <summary>The text of a link.</summary>
    public string? LinkText { get; set; }

    /// <summary>Where the link leads.</summary>
    public string? LinkUrl { get; set; }
}

/// <summary>What a message is for.</summary>
public enum MessageIntent
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>Something went well.</summary>
    Success,

    /// <summary>Something is to be looked at.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>Something is to be known.</summary>
    Information,

    /// <summary>Something is to be confirmed.</summary>
    Confirmation,
}

/// <summary>An answer.</summary>
public class InteractionResult<T>
{
    internal InteractionResult(T? data, bool canceled)
    {
        Data = data;
        Canceled = canceled;
    }

    /// <summary>What was answered.</summary>
    public T? Data { get; }

    /// <summary>Whether nothing was.</summary>
    public bool Canceled { get; }
}

/// <summary>Makes answers.</summary>
public static class InteractionResult
{
    /// <summary>Something was answered.</summary>
    public static InteractionResult<T> Ok<T>(T result) => new(result, canceled: false);

    /// <summary>Nothing was answered.</summary>
    public static InteractionResult<T> Cancel<T>(T? data = default) => new(data, canceled: true);
}
