namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command looks and when it can be done.</summary>
public class CommandOptions
{
    internal static CommandOptions Default { get; } = new();

    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>A value for the command.</summary>
    [Obsolete("Use Arguments to describe invocation arguments.")]
    public object? Parameter { get; set; }

    /// <summary>What is asked before it is done.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>The icon's name among the Fluent UI icons.</summary>
    public string? IconName { get; set; }

    /// <summary>The icon's variant.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown with the resource rather than in its menu.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Says whether it can be done in the resource's state; always where null.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }

    /// <summary>Where it can be found.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}
