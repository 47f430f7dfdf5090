using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>The passwords of servers that exist (<c>UseExisting</c>), which are where the model says, and not here.</summary>
internal static class ExistingPasswords
{
    /// <summary>Gives the passwords as what the model's parameters have.</summary>
    /// <param name="given">Takes them.</param>
    /// <param name="application">The application.</param>
    /// <param name="secrets">Where they are.</param>
    /// <param name="isNeeded">Whether one that may not be read ends it: who only plans goes on without.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DistributedApplicationException">One cannot be read, or is none.</exception>
    public static async Task TakeAsync(
        GivenValues given,
        FargateApplication application,
        IAmazonSecretsManager secrets,
        bool isNeeded,
        CancellationToken cancellationToken
    )
    {
        foreach (var (server, password, existing) in application.Existing)
        {
            if (existing.PasswordSecretArn is not { } arn || password is null)
            {
                continue;
            }

            try
            {
                var answer = await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = arn }, cancellationToken);
                given.Answer(
                    password.Name,
                    PasswordOf(answer.SecretString)
                        ?? throw new DistributedApplicationException(
                            $"The secret '{arn}' of '{server}' (PasswordSecretArn) has neither a text nor JSON with a field 'password'."
                        )
                );
            }
            catch (AmazonSecretsManagerException exception)
            {
                if (isNeeded || AwsFailure.KindOf(exception) != AwsFailureKind.Denied)
                {
                    throw new DistributedApplicationException(
                        $"The password of '{server}' cannot be read from '{arn}' (PasswordSecretArn): {exception.Message} Whoever deploys needs "
                            + "secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own.",
                        exception
                    );
                }
            }
        }
    }

    /// <summary>The password in a secret: all of it, or the field of that name.</summary>
    public static string? PasswordOf(string? secret)
    {
        if (string.IsNullOrEmpty(secret) || !secret.TrimStart().StartsWith('{'))
        {
            return string.IsNullOrEmpty(secret) ? null : secret;
        }

        try
        {
            return JsonElement.Parse(secret).TryGetProperty("password", out var field) && field.ValueKind == JsonValueKind.String
                ? field.GetString()
                : null;
        }
        catch (JsonException)
        {
            // A password that begins with a brace.
            return secret;
        }
    }
}
