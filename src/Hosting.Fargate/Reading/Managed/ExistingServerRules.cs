using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What keeps a server that exists from being used.</summary>
internal static class ExistingServerRules
{
    /// <summary>A sentence each, behind the name of the server.</summary>
    /// <param name="server">What the model says of it.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <param name="modelUser">The user of the model, where that is known now.</param>
    /// <param name="network">The network of the tasks.</param>
    public static IEnumerable<string> Problems(ExistingServer server, SecretSpec? password, Value? modelUser, NetworkPlan network)
    {
        if (network is not ExistingNetwork)
        {
            yield return $"exists (UseExisting) in the security group '{server.SecurityGroupId}' of another network than that of the tasks, "
                + "which publish makes. Put the tasks into its network: WithExistingVpc.";
        }

        if (server.PasswordSecretArn is not null && password is null)
        {
            yield return "exists with a password (PasswordSecretArn), and the model has none. Give it one: a secret parameter.";
        }

        if (server.PasswordSecretArn is null && password is { IsGenerated: true })
        {
            yield return $"exists (UseExisting), and its password '{password.Name}' would be made up. Name the secret that it has: "
                + "UseExisting(…, server => server.PasswordSecretArn = \"arn:…\"). Or give it a secret parameter.";
        }

        if (server.UserName is not null && modelUser is not Text { Content.Length: > 0 })
        {
            yield return "exists with the user '"
                + server.UserName
                + "', and the model has that of a parameter or none. Take UserName away.";
        }
    }
}
