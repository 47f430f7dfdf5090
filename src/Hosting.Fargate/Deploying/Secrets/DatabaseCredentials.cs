using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>What RDS would refuse of a user and a password, minutes later.</summary>
internal static class DatabaseCredentials
{
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html.
    private const int ShortestPassword = 8;
    private const int LongestPlainPassword = 128;

    /// <summary>The users and passwords of databases that are given and cannot be, a sentence each that does not say a password.</summary>
    /// <param name="application">The application.</param>
    /// <param name="valueOf">The value of a parameter; null where none is given.</param>
    public static IEnumerable<string> Problems(FargateApplication application, Func<string, string?> valueOf)
    {
        foreach (var server in application.Databases)
        {
            var (engine, password) = (server.Engine, server.Password.Name);
            if (valueOf(password) is { } value && !IsPassword(engine, value))
            {
                yield return $"The parameter '{password}' is the password of the database '{server.Name}', for which RDS takes "
                    + $"{ShortestPassword} to "
                    + $"{engine.LongestPassword} printable characters without spaces, @, \" and /. Give it another value.";
            }

            // What a snapshot has is its own.
            var user = server.Options.RestoreFrom is not null
                ? null
                : server.UserName switch
                {
                    ParameterValue { Parameter.Name: var name } => name,
                    SecretValue { Secret.Name: var name } => name,
                    _ => null,
                };
            if (user is not null && valueOf(user) is { } given && !engine.IsUserName(given))
            {
                yield return $"The parameter '{user}' is the user of the database '{server.Name}', for which RDS takes 1 to 16 letters, "
                    + $"digits and underscores, a letter first, and no word of {engine.Title}'s own. Give it another value.";
            }

            foreach (var database in server.Databases.DistinctBy(database => database.Name))
            {
                if (database.User is { Name: var own } && user is not null && own.Equals(valueOf(user), StringComparison.OrdinalIgnoreCase))
                {
                    yield return $"The parameter '{user}' is the first user of the database server '{server.Name}', and has the name of "
                        + $"the user that its database '{database.Name}' has of its own. Give it another value.";
                }

                if (database.User is { Password.Name: var secret } && valueOf(secret) is { } ofDatabase && !IsPlainPassword(ofDatabase))
                {
                    yield return $"The parameter '{secret}' is the password of the user of the database '{database.Name}', for which there "
                        + $"are {ShortestPassword} to {LongestPlainPassword} letters, digits, hyphens and underscores. Give it another "
                        + "value, or none.";
                }
            }
        }
    }

    private static bool IsPlainPassword(string value) =>
        value.Length is >= ShortestPassword and <= LongestPlainPassword
        && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static bool IsPassword(DatabaseEngine engine, string value) =>
        value.Length >= ShortestPassword
        && value.Length <= engine.LongestPassword
        && value.All(character => character is > ' ' and <= '~' and not ('@' or '"' or '/'));
}
