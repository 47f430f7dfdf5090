using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Random secrets, from a cryptographic source.</summary>
internal static class RandomText
{
    // Without letters and digits that are easily taken for one another, and marks that need escaping in URLs or connection strings.
    private const string Lower = "abcdefghjkmnpqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Marks = "-_.{}~()*+!";

    /// <summary>Makes a value of the least length that satisfies all rules.</summary>
    /// <exception cref="ArgumentException">The rules contradict each other, or allow no character at all.</exception>
    public static string Generate(GenerateParameterDefault rules)
    {
        (string Characters, bool Allowed, int Least)[] classes =
        [
            (Lower, rules.Lower, rules.MinLower),
            (Upper, rules.Upper, rules.MinUpper),
            (Digits, rules.Numeric, rules.MinNumeric),
            (Marks, rules.Special, rules.MinSpecial),
        ];
        if (classes.FirstOrDefault(c => !c.Allowed && c.Least > 0) is { Least: > 0 } contradiction)
        {
            throw new ArgumentException($"At least {contradiction.Least} of '{contradiction.Characters}' are asked for, but none is allowed.");
        }

        var all = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Characters));
        if (all.Length == 0)
        {
            throw new ArgumentException("At least one character type must be enabled.");
        }

        var required = classes.SelectMany(c => RandomNumberGenerator.GetItems<char>(c.Characters, c.Least)).ToArray();
        var rest = Math.Max(0, rules.MinLength - required.Length);
        char[] text = [.. required, .. RandomNumberGenerator.GetItems<char>(all, rest)];
        RandomNumberGenerator.Shuffle<char>(text);
        return new(text);
    }

    /// <summary>A token of 128 bits, in hexadecimal digits.</summary>
    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
