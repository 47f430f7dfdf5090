namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rules that a resource's name is checked against when it is added.</summary>
public sealed class NameValidationPolicyAnnotation : IResourceAnnotation
{
    /// <summary>The rules of resources that say nothing else.</summary>
    public static readonly NameValidationPolicyAnnotation Default = new();

    /// <summary>No rules.</summary>
    public static readonly NameValidationPolicyAnnotation None = new()
    {
        MaxLength = null,
        ValidateStartsWithLetter = false,
        ValidateAllowedCharacters = false,
        ValidateNoConsecutiveHyphens = false,
        ValidateNoTrailingHyphen = false,
    };

    /// <summary>The greatest length in characters; 64 by default, null for none (then an empty name passes too).</summary>
    public int? MaxLength { get; init; } = 64;

    /// <summary>Whether the first character must be an ASCII letter.</summary>
    public bool ValidateStartsWithLetter { get; init; } = true;

    /// <summary>Whether only ASCII letters, digits and hyphens are allowed.</summary>
    public bool ValidateAllowedCharacters { get; init; } = true;

    /// <summary>Whether two hyphens in a row are refused.</summary>
    public bool ValidateNoConsecutiveHyphens { get; init; } = true;

    /// <summary>Whether a hyphen at the end is refused.</summary>
    public bool ValidateNoTrailingHyphen { get; init; } = true;
}
