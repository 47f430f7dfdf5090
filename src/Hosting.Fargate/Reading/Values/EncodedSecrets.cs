using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What a callback makes of the value of a secret that hides it: Base64, from which anybody reads it, is refused, for it would be in the
/// template. Of a hash nobody reads it, but it is of the value that is here, and on AWS there may be another.
/// </summary>
internal sealed partial class EncodedSecrets(AskedSecrets secrets, Refusals refusals)
{
    private static readonly Func<byte[], byte[]>[] s_hashes =
    [
        MD5.HashData,
        SHA1.HashData,
        SHA256.HashData,
        SHA384.HashData,
        SHA512.HashData,
    ];

    private readonly List<Notice> _notices = [];
    private Dictionary<string, string>? _hashes;

    public IEnumerable<Notice> Notices => _notices.Distinct();

    /// <summary>Refuses a text that has a secret in Base64, and tells of one that has a hash of it.</summary>
    /// <returns>Whether it may be published.</returns>
    public bool Check(string text, ValueUse use)
    {
        if (secrets.Values.Count == 0)
        {
            return true;
        }

        foreach (var token in Token().Matches(text).Select(match => match.Value))
        {
            if (InBase64(token) is { } name)
            {
                refusals.Add(
                    use.Resource.Name,
                    $"{use} has the secret '{name}' in Base64, which a callback has made of its value: anybody could read it in the template. Give "
                        + $"'{use.Resource.Name}' the secret itself (WithEnvironment(\"NAME\", {name})), and encode it in the program."
                );
                return false;
            }

            if (HashOf(token) is { } hashed)
            {
                _notices.Add(
                    new(
                        use.Resource.Name,
                        $"has in {use.Variable ?? "an argument"} a hash that a callback has made of the secret '{hashed}', of the value that it has "
                            + "here. Where deploy makes the value up, or another is given, it is of another value on AWS. Give it the secret "
                            + "itself, and hash it in the program; or make the hash a parameter of its own.",
                        IsWarning: true
                    )
                );
            }
        }

        return true;
    }

    private string? InBase64(string token)
    {
        var letters = token.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var bytes = new byte[letters.Length];
        if (!Convert.TryFromBase64String(letters.PadRight((letters.Length + 3) / 4 * 4, '='), bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return secrets.Values.FirstOrDefault(secret => text.Contains(secret.Value, StringComparison.Ordinal))?.Name;
    }

    /// <summary>The secret of which a text is the hash, in hexadecimal or in Base64.</summary>
    private string? HashOf(string token)
    {
        var letters = token.TrimEnd('=');
        if (letters.Length is not (22 or 27 or 32 or 40 or 43 or 64 or 86 or 96 or 128))
        {
            return null;
        }

        _hashes ??= Hashes();
        return _hashes.GetValueOrDefault(letters) ?? _hashes.GetValueOrDefault(letters.ToLowerInvariant());
    }

    private Dictionary<string, string> Hashes()
    {
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (var secret in secrets.Values)
        {
            foreach (var hash in s_hashes.Select(of => of(Encoding.UTF8.GetBytes(secret.Value))))
            {
                hashes.TryAdd(Convert.ToHexStringLower(hash), secret.Name);
                hashes.TryAdd(Convert.ToBase64String(hash).TrimEnd('='), secret.Name);
            }
        }

        return hashes;
    }

    [GeneratedRegex("[A-Za-z0-9+/_-]{6,}={0,2}")]
    private static partial Regex Token();
}
