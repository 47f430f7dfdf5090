namespace Aspire.Hosting.ApplicationModel;

/// <summary>Checks the names of resources and endpoints.</summary>
internal static class ModelName
{
    /// <summary>Checks a name against a policy.</summary>
    /// <param name="target">What is named, as the message says it: <c>Resource</c>, <c>EndpointAnnotation</c>.</param>
    /// <exception cref="ArgumentException">The name breaks a rule; the message says which.</exception>
    public static void Validate(string target, string name, NameValidationPolicyAnnotation? policy = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Violation(name, policy ?? NameValidationPolicyAnnotation.Default) is { } violation)
        {
            throw new ArgumentException($"{target} name '{name}' is invalid. {violation}", nameof(name));
        }
    }

    private static string? Violation(string name, NameValidationPolicyAnnotation policy)
    {
        if (policy.MaxLength is { } length && (name.Length < 1 || name.Length > length))
        {
            return $"Name must be between 1 and {length} characters long.";
        }

        if (policy.ValidateNoConsecutiveHyphens && name.Contains("--", StringComparison.Ordinal))
        {
            return "Name cannot contain consecutive hyphens.";
        }

        if (policy.ValidateAllowedCharacters && !name.All(c => c == '-' || char.IsAsciiLetterOrDigit(c)))
        {
            return "Name must contain only ASCII letters, digits, and hyphens.";
        }

        if (policy.ValidateStartsWithLetter && name is [var first, ..] && !char.IsAsciiLetter(first))
        {
            return "Name must start with an ASCII letter.";
        }

        return policy.ValidateNoTrailingHyphen && name.EndsWith('-') ? "Name cannot end with a hyphen." : null;
    }
}
