using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>What RDS would refuse of a user and a password, minutes later.</summary>
internal static class DatabaseCredentials
{
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html.
    private const int ShortestPassword = 8;

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
        }
    }

    private static bool IsPassword(DatabaseEngine engine, string value) =>
        value.Length >= ShortestPassword
        && value.Length <= engine.LongestPassword
        && value.All(character => character is > ' ' and <= '~' and not ('@' or '"' or '/'));
}
