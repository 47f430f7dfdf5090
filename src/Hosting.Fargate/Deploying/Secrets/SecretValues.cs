using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>The values of the model's secrets: those given here, and those that Secrets Manager has.</summary>
/// <remarks>A value goes to Secrets Manager and nowhere else: in no template, command line, log, exception or file.</remarks>
internal sealed class SecretValues(
    IAmazonSecretsManager secretsManager,
    FargateApplication application,
    GivenValues given,
    TimeProvider time
)
{
    /// <summary>The names of parameters that have a value neither here nor in Secrets Manager.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        List<string> missing = [];
        foreach (var forms in Parameters())
        {
            if (
                given[forms.Key] is null
                && !forms.Any(secret => secret.IsGenerated)
                && await KeptAsync(forms, cancellationToken) is null
                && !await CanBeRestoredAsync(forms, cancellationToken)
            )
            {
                missing.Add(forms.Key);
            }
        }

        return missing;
    }

    /// <summary>What differs between the values here and those in Secrets Manager, by path; puts nothing.</summary>
    /// <param name="unread">Takes the paths of those that may not be read: whether they differ is not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <remarks>A value is read where there is another to compare it with, and nowhere else: who plans without values needs no right to
    /// read any.</remarks>
    public async Task<IReadOnlyList<string>> ChangedAsync(ICollection<string> unread, CancellationToken cancellationToken)
    {
        List<string> changed = [];
        foreach (var keys in application.Secrets.Where(secret => secret.HoldsKeys))
        {
            if (await PutAtAsync(keys, cancellationToken) is not { } put || DataProtectionKeys.AreDue(put, time.GetUtcNow()))
            {
                changed.Add(keys.Path);
            }
        }

        foreach (var forms in Parameters())
        {
            foreach (var secret in forms)
            {
                if (
                    await VersionAsync(secret, cancellationToken) is null
                    || (
                        secret.Rotation is null
                        && given[forms.Key] is { } value
                        && await DiffersAsync(secret, value, unread, cancellationToken)
                    )
                )
                {
                    changed.Add(secret.Path);
                }
            }
        }

        return changed;
    }

    /// <summary>The version that a secret has; null where it has no value, or was deleted and is in its recovery window.</summary>
    public async Task<string?> VersionAsync(SecretSpec secret, CancellationToken cancellationToken)
    {
        try
        {
            var described = await secretsManager.DescribeSecretAsync(
                new DescribeSecretRequest { SecretId = IdOf(secret) },
                cancellationToken
            );
            return described.DeletedDate is not null
                ? null
                : (described.VersionIdsToStages ?? [])
                    .Where(version => version.Value.Contains("AWSCURRENT"))
                    .Select(version => version.Key)
                    .FirstOrDefault();
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    /// <summary>When the value of a secret was put; null where it has none.</summary>
    private async Task<DateTime?> PutAtAsync(SecretSpec secret, CancellationToken cancellationToken)
    {
        try
        {
            var described = await secretsManager.DescribeSecretAsync(
                new DescribeSecretRequest { SecretId = IdOf(secret) },
                cancellationToken
            );
            return described is { DeletedDate: null, VersionIdsToStages.Count: > 0 }
                ? described.LastChangedDate ?? described.CreatedDate
                : null;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<bool> DiffersAsync(SecretSpec secret, string value, ICollection<string> unread, CancellationToken cancellationToken)
    {
        try
        {
            return (await CurrentAsync(secret, cancellationToken))?.Text != Format(value, secret.Format);
        }
        catch (AmazonSecretsManagerException exception) when (AwsFailure.KindOf(exception) == AwsFailureKind.Denied)
        {
            unread.Add(secret.Path);
            return false;
        }
    }

    /// <summary>Puts what differs, and nothing else.</summary>
    /// <returns>The version of each secret, and whether it is new.</returns>
    /// <exception cref="DistributedApplicationException">A parameter has no value.</exception>
    public async Task<IReadOnlyList<SecretVersion>> PutAsync(CancellationToken cancellationToken)
    {
        List<SecretVersion> versions = [];
        foreach (var keys in application.Secrets.Where(secret => secret.HoldsKeys))
        {
            var renewed = DataProtectionKeys.Renew((await CurrentAsync(keys, cancellationToken))?.Text, time.GetUtcNow());
            given.Hide(renewed);
            versions.Add(await PutAsync(keys, renewed, cancellationToken));
        }

        foreach (var forms in Parameters())
        {
            // What Secrets Manager rotates is its own from the first value on.
            var value = (forms.Any(secret => secret.Rotation is not null) ? await KeptAsync(forms, cancellationToken) : null)
                ?? given[forms.Key]
                ?? await KeptAsync(forms, cancellationToken)
                ?? (
                    forms.Any(secret => secret.IsGenerated)
                        ? given.Generate(forms.Key)
                        : throw new DistributedApplicationException(given.Missing(forms.Key))
                );
            foreach (var secret in forms)
            {
                versions.Add(await PutAsync(secret, Format(value, secret.Format), cancellationToken));
            }
        }

        return versions;
    }

    private IEnumerable<IGrouping<string, SecretSpec>> Parameters() =>
        application.Secrets.Where(secret => !secret.HoldsKeys).GroupBy(secret => secret.Name, StringComparer.Ordinal);

    private async Task<SecretVersion> PutAsync(SecretSpec secret, string value, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(secret, cancellationToken) is { } current && current.Text == value)
        {
            return new SecretVersion(secret, current.VersionId, current.Created, IsNew: false);
        }

        var put = await secretsManager.PutSecretValueAsync(
            new PutSecretValueRequest { SecretId = IdOf(secret), SecretString = value },
            cancellationToken
        );
        return new SecretVersion(secret, put.VersionId, (await CurrentAsync(secret, cancellationToken))?.Created, IsNew: true);
    }

    /// <summary>A value that an earlier deploy put, back in the form in which it was given.</summary>
    private async Task<string?> KeptAsync(IEnumerable<SecretSpec> forms, CancellationToken cancellationToken)
    {
        foreach (var secret in forms.OrderBy(secret => secret.Format))
        {
            if (secret.Format != ValueFormat.Lowercase && await CurrentAsync(secret, cancellationToken) is { } current)
            {
                return secret.Format == ValueFormat.Uri ? Uri.UnescapeDataString(current.Text) : current.Text;
            }
        }

        return null;
    }

    /// <summary>Whether a secret was deleted and is in its recovery window: the foundation restores it, and with it its value.</summary>
    private async Task<bool> CanBeRestoredAsync(IEnumerable<SecretSpec> forms, CancellationToken cancellationToken)
    {
        foreach (var secret in forms.Where(secret => secret.Format != ValueFormat.Lowercase))
        {
            try
            {
                var described = await secretsManager.DescribeSecretAsync(
                    new DescribeSecretRequest { SecretId = IdOf(secret) },
                    cancellationToken
                );
                if (described is { DeletedDate: not null, VersionIdsToStages.Count: > 0 })
                {
                    return true;
                }
            }
            catch (ResourceNotFoundException) { }
        }

        return false;
    }

    private async Task<(string Text, string VersionId, DateTime? Created)?> CurrentAsync(
        SecretSpec secret,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var current = await secretsManager.GetSecretValueAsync(
                new GetSecretValueRequest { SecretId = IdOf(secret) },
                cancellationToken
            );
            return current.SecretString is { } text ? (text, current.VersionId, current.CreatedDate) : null;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
        catch (InvalidRequestException)
        {
            // It was deleted and is in its recovery window: its value is back once it is restored.
            return null;
        }
    }

    private string IdOf(SecretSpec secret) => $"{application.Name}/{secret.Path}";

    private static string Format(string value, ValueFormat format) =>
        format switch
        {
            ValueFormat.Uri => Uri.EscapeDataString(value),
            ValueFormat.Lowercase => value.ToLowerInvariant(),
            _ => value,
        };
}

/// <summary>The version that a secret has now.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="VersionId">Its version.</param>
/// <param name="Created">When its value was put.</param>
/// <param name="IsNew">Whether this deploy put it.</param>
internal sealed record SecretVersion(SecretSpec Secret, string VersionId, DateTime? Created, bool IsNew);
