using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// TLS in what clients are told. It is wanted always; the certificate is not looked at, for it is of RDS's own authority, which no image
/// has: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html.
/// </summary>
internal static partial class DatabaseTls
{
    /// <summary>
    /// A connection string of .NET's clients: https://www.npgsql.org/doc/security.html#encryption-ssltls.
    /// </summary>
    public static Value OfConnectionString(DatabaseEngine engine, Value text) =>
        Value.Concat([
            text,
            .. engine.ConnectionStringTls.Where(word => !Says(text, word.Split('=')[0])).Select(word => new Text($";{word}")),
        ]);

    /// <summary>
    /// An address, <c>postgresql://…</c> or <c>jdbc:postgresql://…</c>, whatever stands behind it: what is said of TLS is its last
    /// parameter, or the model's own. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS,
    /// https://jdbc.postgresql.org/documentation/use/.
    /// </summary>
    public static Value OfAddress(DatabaseEngine engine, Value value)
    {
        if (
            value is not Concatenation { Values: [Text { Content: var first }, ..] }
            || !engine.AddressSchemes.Any(scheme => first.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        )
        {
            return value;
        }

        foreach (var word in engine.AddressTls)
        {
            // One within this one has it already, and something may follow.
            var plain = engine.HasQueries ? Changed(value, text => text.Replace($"?{word}", "", StringComparison.Ordinal)) : value;
            value = Says(plain, $"{word.Split('=')[0]}=")
                ? plain
                : Value.Concat([plain, new Text($"{(!engine.HasQueries ? ';' : Says(plain, "?") ? '&' : '?')}{word}")]);
        }

        return value;
    }

    /// <summary>
    /// Text of the model that asks for no TLS, as a container on a laptop has none, <c>sslmode=disable</c>, asking for it.
    /// </summary>
    public static Value Demanded(Value value) =>
        Changed(value, text => Off().Replace(text, match => $"{match.Groups["key"]}{WordFor(match)}"));

    /// <summary>
    /// A connection string or an address with the first user that a server of RDS has, where it is another than a container's.
    /// </summary>
    public static Value WithUser(DatabaseServer server, Value value) =>
        server is { ModelUser: { } user, UserName: Text { Content: var master } }
            ? Changed(value, text => WithUser(text, user, master))
            : value;

    /// <summary>A part of a connection string or an address with another user in place of one.</summary>
    public static string WithUser(string text, string user, string other) =>
        User()
            .Replace(text, match => match.Groups["user"].Value == user ? $"{match.Groups["key"]}{other}" : match.Value)
            .Replace($"://{user}:", $"://{other}:", StringComparison.Ordinal);

    /// <summary>A value with another text in place of one, wherever that is in it.</summary>
    public static Value Replaced(Value value, string text, string other) =>
        Changed(value, content => content.Replace(text, other, StringComparison.Ordinal));

    private static Value Changed(Value value, Func<string, string> change) =>
        value switch
        {
            Text { Content: var content } => new Text(change(content)),
            Concatenation { Values: var values } => Value.Concat(values.Select(part => Changed(part, change))),
            _ => value,
        };

    /// <summary>In the words of PostgreSQL's clients (disable) or of MySQL's (None, DISABLED).</summary>
    private static string WordFor(Match match) =>
        match.Groups["word"].Value switch
        {
            "disable" => "require",
            "Disable" => "Require",
            "DISABLED" => "REQUIRED",
            _ => "Required",
        };

    [GeneratedRegex(@"(?<![\w.-])(?<key>ssl-?[ ]?mode\s*=\s*)(?<word>disabled?|none)(?![\w-])", RegexOptions.IgnoreCase)]
    private static partial Regex Off();

    /// <summary>
    /// Where a user is in connection strings:
    /// https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring.
    /// </summary>
    [GeneratedRegex(@"(?<!\w)(?<key>(?:user(?:[ ]?(?:id|name))?|uid)\s*=\s*)(?<user>[^;&]+)(?=[;&]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex User();

    private static bool Says(Value value, string word) =>
        value.Parts.OfType<Text>().Any(text => text.Content.Contains(word, StringComparison.OrdinalIgnoreCase));
}
