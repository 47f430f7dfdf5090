using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>Looks for a secret in what somebody can read, in every form that text takes on its way.</summary>
internal static class SecretLeaks
{
    /// <param name="value">The secret.</param>
    /// <param name="core">A part of it that no encoding of text changes: letters and digits, enough of them to be nowhere by
    /// chance.</param>
    /// <param name="texts">What can be read, by name.</param>
    /// <returns>Where it is, and how.</returns>
    public static IReadOnlyList<string> Find(string value, string core, IEnumerable<(string Name, string Content)> texts)
    {
        var forms = FormsOf(value, core).Where(form => form.Text.Length >= core.Length / 2).ToList();
        return
        [
            .. from text in texts
            from form in forms
            where text.Content.Contains(form.Text, StringComparison.OrdinalIgnoreCase)
            select $"{text.Name} has it as {form.Name}",
        ];
    }

    private static IEnumerable<(string Name, string Text)> FormsOf(string value, string core)
    {
        yield return ("text", value);
        yield return ("a part of the text", core);
        yield return ("text backwards", string.Concat(core.Reverse()));
        yield return ("JSON", JsonSerializer.Serialize(value)[1..^1]);
        yield return ("JSON", JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
        yield return ("a part of an address", Uri.EscapeDataString(value));
        yield return ("a part of a form", WebUtility.UrlEncode(value));
        yield return ("HTML", WebUtility.HtmlEncode(value));
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            yield return ($"hexadecimal digits of {encoding.WebName}", Convert.ToHexString(encoding.GetBytes(core)));

            // Wherever it is in what is encoded: base64 begins anew every three bytes.
            for (var before = 0; before < 3; before++)
            {
                byte[] bytes = [.. new byte[before], .. encoding.GetBytes(core)];
                var skipped = (before * 8 + 5) / 6;
                yield return ($"base64 of {encoding.WebName}", Convert.ToBase64String(bytes)[skipped..(bytes.Length * 8 / 6)]);
            }
        }
    }
}
