using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The users that databases have of their own (<c>UserPerDatabase</c>): who is told of the database is told of its user, in place of the
/// server's first one; who is told of the server alone keeps that.
/// </summary>
internal static partial class DatabaseUsers
{
    /// <summary>How the variable ends with the name of a database that <c>WithReference</c> gives.</summary>
    private const string NameEnding = "_DATABASENAME";

    /// <summary>MySQL takes no longer name of a user: https://dev.mysql.com/doc/refman/8.4/en/user-names.html.</summary>
    private const int LongestName = 32;

    /// <summary>The databases of a server, each with its user; two resources of one database share one.</summary>
    public static ImmutableArray<AddedDatabase> Of(DatabaseServer server, ParameterReader parameters)
    {
        Dictionary<string, DatabaseUser> users = new(StringComparer.Ordinal);
        foreach (var database in server.Databases)
        {
            users.TryAdd(database.Name, new DatabaseUser(NameOf(server, database.Name), PasswordOf(server, database, parameters)));
        }

        return [.. server.Databases.Select(database => database with { User = users[database.Name] })];
    }

    /// <summary>What keeps databases from having users of their own, a sentence each, behind the name of the server.</summary>
    public static IEnumerable<string> Problems(DatabaseServer server, DistributedApplicationModel model)
    {
        if (server.Options.UserPerDatabase && server.Databases.IsEmpty)
        {
            yield return "gives each of its databases a user of its own (UserPerDatabase), and has none. Add one (AddDatabase), or take "
                + "UserPerDatabase away.";
        }

        foreach (var database in server.Databases.Where(database => database.User is not null))
        {
            if (server.Engine.OwnDatabases.Contains(database.Name, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"gives each of its databases a user of its own (UserPerDatabase), and '{database.Name}' is one that every "
                    + "server has. Give it another name (AddDatabase(…, databaseName)).";
            }

            if (
                model.Resources.FirstOrDefault(resource =>
                    resource.Name.Equals(PasswordNameOf(database), StringComparison.OrdinalIgnoreCase)
                ) is
                { } same
            )
            {
                yield return $"gives the database '{database.Name}' a user of its own (UserPerDatabase), whose password is the secret "
                    + $"'{same.Name}'. Rename the resource of that name.";
            }
        }
    }

    /// <summary>What a container is told, with the users of the databases that it is told of.</summary>
    public static IEnumerable<EnvironmentVariable> InPlaceOfFirst(
        IReadOnlyCollection<DatabaseServer> servers,
        IReadOnlyList<EnvironmentVariable> variables
    )
    {
        Dictionary<string, Value> told = new(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in variables.Where(variable => variable.Name.EndsWith(NameEnding, StringComparison.OrdinalIgnoreCase)))
        {
            // WithReference gives the properties of a connection one by one: ORDERS_HOST, ORDERS_USERNAME, ORDERS_DATABASENAME.
            var prefix = variable.Name[..^NameEnding.Length];
            if (
                variable.Value is Text { Content: var name }
                && variables.FirstOrDefault(other => other.Name.Equals($"{prefix}_HOST", StringComparison.OrdinalIgnoreCase))
                    is { Value: var host }
                && ServerIn(servers, host)?.Databases.FirstOrDefault(database => database.Name == name)?.User is { } user
            )
            {
                told[$"{prefix}_USERNAME"] = new Text(user.Name);
                told[$"{prefix}_PASSWORD"] = new SecretValue(user.Password);
            }
        }

        return variables.Select(variable =>
            variable with
            {
                Value = told.GetValueOrDefault(variable.Name) ?? InPlaceOfFirst(servers, variable.Value),
            }
        );
    }

    /// <summary>A connection string or an address of a database, with its user and password; anything else as it is.</summary>
    public static Value InPlaceOfFirst(IReadOnlyCollection<DatabaseServer> servers, Value value)
    {
        if (
            ServerIn(servers, value) is not { } server
            || server.Databases.FirstOrDefault(database => database.Name == DatabaseIn(value))?.User is not { } user
        )
        {
            return value;
        }

        // One without the other is of no use: what has the user or the password by another way keeps both.
        var (hasUser, hasPassword) = (false, false);
        var changed = Changed(value);
        return hasUser && hasPassword ? changed : value;

        Value Changed(Value part)
        {
            switch (part)
            {
                case Concatenation { Values: var values }:
                    return Value.Concat(values.Select(Changed));
                case SecretValue { Secret.Name: var secret } when secret == server.Password.Name:
                    hasPassword = true;
                    return new SecretValue(user.Password);
                case ParameterValue or SecretValue when ParameterOf(part) == ParameterOf(server.UserName):
                    hasUser = true;
                    return new Text(user.Name);
                case Text { Content: var text } when server.UserName is Text { Content: var first }:
                    var other = DatabaseTls.WithUser(text, first, user.Name);
                    hasUser |= other != text;
                    return new Text(other);
                default:
                    return part;
            }
        }
    }

    private static DatabaseServer? ServerIn(IReadOnlyCollection<DatabaseServer> servers, Value value) =>
        value
            .Parts.OfType<ServerAddress>()
            .Select(address => servers.FirstOrDefault(server => Has(server, address.ResourceId)))
            .FirstOrDefault(server => server is not null);

    /// <summary>Whether an address is that of a server, or of a replica, which has its users.</summary>
    private static bool Has(DatabaseServer server, string resourceId) =>
        server.ResourceId == resourceId || server.Replicas.Any(replica => replica.ResourceId == resourceId);

    /// <summary>The database that a connection string or an address names; null for none.</summary>
    private static string? DatabaseIn(Value value)
    {
        // What is no text has no sign in it that ends a part of either.
        var text = string.Concat(
            value.Parts.Where(part => part is not Concatenation).Select(part => part is Text { Content: var content } ? content : "_")
        );
        return OfAddress().Match(text) is { Success: true } address ? Uri.UnescapeDataString(address.Groups["name"].Value)
            : OfConnectionString().Match(text) is { Success: true } word ? word.Groups["name"].Value.Trim()
            : null;
    }

    private static string? ParameterOf(Value value) =>
        value switch
        {
            ParameterValue { Parameter.Name: var name } => name,
            SecretValue { Secret.Name: var name } => name,
            _ => null,
        };

    private static string PasswordNameOf(AddedDatabase database) => $"{database.Resource}-password";

    /// <summary>
    /// Without special signs, so that it is the same wherever it stands, in an address too. Of the others SQL Server wants three kinds:
    /// https://learn.microsoft.com/sql/relational-databases/security/password-policy.
    /// </summary>
    private static SecretSpec PasswordOf(DatabaseServer server, AddedDatabase database, ParameterReader parameters) =>
        (
            (SecretValue)
                parameters.Read(
                    new ParameterResource(PasswordNameOf(database), generated => generated!.GetDefaultValue(), secret: true)
                    {
                        Default = new GenerateParameterDefault
                        {
                            MinLength = 32,
                            MinLower = 1,
                            MinUpper = 1,
                            MinNumeric = 1,
                            Special = false,
                        },
                        Description = $"The password of the user of the database '{database.Name}' of '{server.Name}'",
                    },
                    ValueFormat.AsIs
                )
        ).Secret;

    /// <summary>The database's own name, where it is one that every engine takes and nobody else has; else made from it.</summary>
    private static string NameOf(DatabaseServer server, string database)
    {
        var name = string.Concat(
            database
                .ToLowerInvariant()
                .Select(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_')
        );
        var isTaken = server.Engine.Reserved.Contains(name) || IsFirst(server, name);
        name = char.IsAsciiLetter(name[0]) && !name.StartsWith("pg_", StringComparison.Ordinal) ? name : $"db_{name}";

        // Another database could come to the same name.
        return name == database && !isTaken && name.Length <= LongestName
            ? name
            : $"{name[..Math.Min(name.Length, LongestName - 9)]}_{ManagedNames.Hash(database)}";
    }

    private static bool IsFirst(DatabaseServer server, string name) =>
        name.Equals((server.UserName as Text)?.Content, StringComparison.OrdinalIgnoreCase)
        || name.Equals(server.ModelUser, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"://[^/?;]*/(?<name>[^?;/]+)")]
    private static partial Regex OfAddress();

    [GeneratedRegex(@"(?:^|;)\s*(?:Database|Initial Catalog)\s*=\s*(?:""(?<name>[^""]+)""|(?<name>[^;]+))", RegexOptions.IgnoreCase)]
    private static partial Regex OfConnectionString();
}
