using System.Globalization;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// TLS in what clients are told. It is wanted always; the certificate is not looked at, for it is of RDS's own authority, which no image
/// has: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html.
/// </summary>
internal static class DatabaseTls
{
    /// <summary>Where a user is in connection strings and addresses.</summary>
    private static readonly string[] s_users = ["User ID={0};", "Username={0};", "://{0}:"];

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
            var plain = engine.HasQueries ? Replaced(value, $"?{word}", "") : value;
            value = Says(plain, $"{word.Split('=')[0]}=")
                ? plain
                : Value.Concat([plain, new Text($"{(!engine.HasQueries ? ';' : Says(plain, "?") ? '&' : '?')}{word}")]);
        }

        return value;
    }

    /// <summary>
    /// A connection string or an address with the first user that a server of RDS has, where it is another than a container's.
    /// </summary>
    public static Value WithUser(DatabaseServer server, Value value) =>
        server is { ModelUser: { } user, UserName: Text { Content: var master } }
            ? s_users.Aggregate(value, (text, form) =>
                Replaced(
                    text,
                    string.Format(CultureInfo.InvariantCulture, form, user),
                    string.Format(CultureInfo.InvariantCulture, form, master)
                )
            )
            : value;

    /// <summary>A value with another text in place of one, wherever that is in it.</summary>
    public static Value Replaced(Value value, string text, string other) =>
        value switch
        {
            Text { Content: var content } => new Text(content.Replace(text, other, StringComparison.Ordinal)),
            Concatenation { Values: var values } => Value.Concat(values.Select(part => Replaced(part, text, other))),
            _ => value,
        };

    private static bool Says(Value value, string word) =>
        value.Parts.OfType<Text>().Any(text => text.Content.Contains(word, StringComparison.OrdinalIgnoreCase));
}
