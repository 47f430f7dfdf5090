using System.Text.RegularExpressions;

namespace Hosting.Fargate;

/// <summary>What a text that an author gives has to look like.</summary>
internal static class Patterns
{
    /// <summary>Whether a text looks so; one that a configuration does not have is not said to be missing from the pattern.</summary>
    public static bool Takes(this Regex pattern, string? text) => text is not null && pattern.IsMatch(text);
}
