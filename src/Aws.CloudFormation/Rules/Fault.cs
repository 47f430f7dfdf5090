namespace Aws.CloudFormation;

/// <summary>Something in a template that AWS would refuse, or that would not do what it says.</summary>
/// <param name="ResourceId">The logical id of the resource that has it; null for the template itself.</param>
/// <param name="Text">What goes on after the resource's name: what is wrong, and what to write.</param>
public sealed record Fault(string? ResourceId, string Text)
{
    /// <summary>The whole of it, for a person.</summary>
    public string Describe(string stack) =>
        ResourceId is null ? $"The template of '{stack}' {Text}" : $"'{ResourceId}' of '{stack}' {Text}";
}
