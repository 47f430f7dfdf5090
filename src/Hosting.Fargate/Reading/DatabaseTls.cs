using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// TLS in what clients are told. It is wanted always; the certificate is not looked at, for it is of RDS's own authority, which no image has:
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html.
/// </summary>
internal static class DatabaseTls
{
    /// <summary>A connection string of .NET's clients: https://www.npgsql.org/doc/security.html#encryption-ssltls.</summary>
    public static Value OfConnectionString(DatabaseEngine engine, Value text) => Says(text, engine.ConnectionStringTls.Split('=')[0]) ? text
        : Value.Concat([text, new Text($";{engine.ConnectionStringTls}")]);

    /// <summary>
    /// An address, <c>postgresql://…</c> or <c>jdbc:postgresql://…</c>, whatever stands behind it: what is said of TLS is its last parameter, or the
    /// model's own. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS, https://jdbc.postgresql.org/documentation/use/.
    /// </summary>
    public static Value OfAddress(DatabaseEngine engine, Value value)
    {
        if (value is not Concatenation { Values: [Text { Content: var first }, ..] }
            || !engine.AddressSchemes.Any(scheme => first.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return value;
        }

        // One within this one has it already, and something may follow.
        var ours = $"?{engine.AddressTls}";
        var plain = Value.Concat(((Concatenation)value).Values.Select(part => part is Text { Content: var text } ? new Text(text.Replace(ours, "", StringComparison.Ordinal)) : part));
        return Says(plain, $"{engine.AddressTls.Split('=')[0]}=") ? plain
            : Value.Concat([plain, new Text(plain.Parts.OfType<Text>().Any(text => text.Content.Contains('?')) ? $"&{engine.AddressTls}" : ours)]);
    }

    private static bool Says(Value value, string word) =>
        value.Parts.OfType<Text>().Any(text => text.Content.Contains(word, StringComparison.OrdinalIgnoreCase));
}
