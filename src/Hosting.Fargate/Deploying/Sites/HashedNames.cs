using System.Text.RegularExpressions;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>
/// Names that a bundler makes of a file's content: <c>index-BvZ5HsqP.js</c> (Vite), <c>main.8a3b4c5d.js</c> (webpack),
/// <c>main-5QF3ZKQ2.js</c> (Angular), and all below the folders in which frameworks have such files alone. One that is not recognised
/// costs a question whether it has changed; one that is taken for it and is not would stay for a year, so that <c>IMG-DSC01234.jpg</c> and
/// <c>windows-10-light.css</c> are none.
/// </summary>
internal static partial class HashedNames
{
    private static readonly string[] s_folders = ["_next/static/", "_nuxt/", "_astro/", "_app/immutable/"];

    private static readonly HashSet<string> s_code = new(StringComparer.OrdinalIgnoreCase) { "js", "mjs", "cjs", "css", "wasm", "map" };

    public static bool Match(string path)
    {
        if (Array.Exists(s_folders, folder => path.StartsWith(folder, StringComparison.Ordinal)))
        {
            return true;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        var extension = name[(name.LastIndexOf('.') + 1)..];
        if (Hex().Match(name) is { Success: true } hex)
        {
            return HasDigitAndLetter(hex.Groups["hash"].Value);
        }

        return Eight().Match(name) is { Success: true } eight
            && eight.Groups["hash"].Value is var hash
            && (
                s_code.Contains(extension)
                    ? (HasDigitAndLetter(hash) && hash.Any(char.IsAsciiLetterUpper)) || HasMixedCase(hash)
                    : HasDigitAndLetter(hash) && HasBothCases(hash)
            );
    }

    private static bool HasDigitAndLetter(string text) => text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetter);

    private static bool HasBothCases(string text) => text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper);

    /// <summary>As in <c>BvZHsqPx</c>, and not as in <c>HomePage</c>: capitals beyond those that begin words.</summary>
    private static bool HasMixedCase(string text) => HasBothCases(text) && text.Where(char.IsAsciiLetterUpper).Count() >= 3;

    [GeneratedRegex(@"[.-](?<hash>[0-9a-f]{8,64})(?:\.[A-Za-z0-9]+)+\z")]
    private static partial Regex Hex();

    [GeneratedRegex(@"[.-](?<hash>[A-Za-z0-9_-]{8})(?:\.[A-Za-z0-9]+)+\z")]
    private static partial Regex Eight();
}
