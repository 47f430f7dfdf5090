using Amazon.SecretsManager.Model;
using Hosting.Fargate.Aws;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Data;

/// <summary>Secrets as the account has them.</summary>
internal sealed class SecretType : KeptType
{
    public const string Name = "AWS::SecretsManager::Secret";

    /// <summary>
    /// How long a deleted secret can be restored: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html.
    /// </summary>
    private const int RecoveryDays = 30;

    public override string Type => Name;

    public override string NameProperty => "Name";

    public override string? LookupAction => "secretsmanager:DescribeSecret";

    public override string Tell(string physicalId) => $"secret {NameOf(physicalId)} (can be restored for {RecoveryDays} days)";

    public override async Task<KeptResource?> FindAsync(
        AwsClients aws,
        AwsAccount account,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var secret = await aws.Secrets.DescribeSecretAsync(new DescribeSecretRequest { SecretId = name }, cancellationToken);
            return new KeptResource(("Id", secret.ARN), $"secret {name}", secret.DeletedDate is null ? null : secret.ARN);
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Deletes it, with its recovery window, before the stack goes: once that is gone, nothing says any more which secrets were its own.
    /// </summary>
    public override async Task EmptyAsync(
        AwsClients aws,
        AwsAccount account,
        ILogger logger,
        string physicalId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await aws.Secrets.DeleteSecretAsync(
                new DeleteSecretRequest { SecretId = physicalId, RecoveryWindowInDays = RecoveryDays },
                cancellationToken
            );
            logger.LogInformation("secret {Secret}: deleted, and can be restored for {Days} days", NameOf(physicalId), RecoveryDays);
        }
        catch (Exception exception) when (exception is ResourceNotFoundException or InvalidRequestException)
        {
            // It is gone already, or on its way by a destroy that was cut off.
        }
    }

    private static string NameOf(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}
