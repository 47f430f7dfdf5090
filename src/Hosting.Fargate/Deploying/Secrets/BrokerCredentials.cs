using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>What Amazon MQ would refuse of a user and a password, minutes later.</summary>
internal static class BrokerCredentials
{
    // https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html
    private const int Least = 12;
    private const int Most = 250;
    private const int Unique = 4;

    /// <summary>The users and passwords of brokers that are given and cannot be, a sentence each that does not say a password.</summary>
    /// <param name="application">The application.</param>
    /// <param name="valueOf">The value of a parameter; null where none is given.</param>
    public static IEnumerable<string> Problems(FargateApplication application, Func<string, string?> valueOf)
    {
        foreach (var broker in application.Brokers)
        {
            if (valueOf(broker.Password.Name) is { } value && !IsPassword(value))
            {
                yield return $"The parameter '{broker.Password.Name}' is the password of the broker '{broker.Name}', for which Amazon MQ takes "
                    + $"{Least} to {Most} characters without commas, colons and equals signs, {Unique} of them different. Give it another value.";
            }

            var user = broker.UserName switch
            {
                ParameterValue { Parameter.Name: var name } => name,
                SecretValue { Secret.Name: var name } => name,
                _ => null,
            };
            if (user is not null && valueOf(user) is { } given && !Broker.IsUserName(given))
            {
                yield return $"The parameter '{user}' is the user of the broker '{broker.Name}', for which Amazon MQ takes 2 to 100 letters, digits, "
                    + "hyphens, dots and underscores, and not that of RabbitMQ's own first user. Give it another value.";
            }
        }
    }

    private static bool IsPassword(string value) =>
        value.Length is >= Least and <= Most
        && value.Distinct().Count() >= Unique
        && value.All(character => character is >= ' ' and <= '~' and not (',' or ':' or '='));
}
