using System.Security.Cryptography;
using System.Text;

namespace Hosting.Fargate.Reading;

/// <summary>Names on AWS of what needs one of its own.</summary>
internal static class ManagedNames
{
    /// <summary>The name in lower case; where it is too long, with a hash in place of its end.</summary>
    public static string Of(string text, int longest)
    {
        var name = text.ToLowerInvariant();
        if (name.Length <= longest)
        {
            return name;
        }

        var hash = Hash(name);
        return $"{name[..(longest - 1 - hash.Length)].TrimEnd('-')}-{hash}";
    }

    /// <summary>Eight letters and digits that stand for a text.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
}
