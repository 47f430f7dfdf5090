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
        var missing = await Task.WhenAll(
            Parameters()
                .Where(forms => given[forms.Key] is null && !forms.Any(secret => secret.IsGenerated))
                .Select(async forms =>
                    KeptOf(forms, await CurrentAsync(forms, cancellationToken)) is null
                    && !await CanBeRestoredAsync(forms, cancellationToken)
                        ? forms.Key
                        : null
                )
        );
        return [.. missing.OfType<string>()];
    }

    /// <summary>What differs between the values here and those in Secrets Manager, by path; puts nothing.</summary>
    /// <param name="unread">Takes the paths of those that may not be read: whether they differ is not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <remarks>A value is read where there is another to compare it with, and nowhere else: who plans without values needs no right to
    /// read any.</remarks>
    public async Task<IReadOnlyList<string>> ChangedAsync(ICollection<string> unread, CancellationToken cancellationToken)
    {
        // Those of keys first, as they are put.
        SecretSpec[] secrets = [.. application.Secrets.Where(secret => secret.HoldsKeys), .. Parameters().SelectMany(forms => forms)];
        var differ = await Task.WhenAll(
            secrets.Select(secret =>
                secret.HoldsKeys ? KeysAreDueAsync(secret, cancellationToken) : DiffersAsync(secret, cancellationToken)
            )
        );
        List<string> changed = [];
        foreach (var (secret, isChanged) in secrets.Zip(differ))
        {
            if (isChanged is null)
            {
                unread.Add(secret.Path);
            }
            else if (isChanged.Value)
            {
                changed.Add(secret.Path);
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

    private async Task<bool?> KeysAreDueAsync(SecretSpec keys, CancellationToken cancellationToken) =>
        await PutAtAsync(keys, cancellationToken) is not { } put || DataProtectionKeys.AreDue(put, time.GetUtcNow());

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

    /// <summary>Whether a secret has no value, or another than it is given; null where it may not be read.</summary>
    private async Task<bool?> DiffersAsync(SecretSpec secret, CancellationToken cancellationToken)
    {
        if (await VersionAsync(secret, cancellationToken) is null)
        {
            return true;
        }

        if (secret.Rotation is not null || given[secret.Name] is not { } value)
        {
            return false;
        }

        try
        {
            return (await CurrentAsync(secret, cancellationToken))?.Text != Format(value, secret.Format);
        }
        catch (AmazonSecretsManagerException exception) when (AwsFailure.KindOf(exception) == AwsFailureKind.Denied)
        {
            return null;
        }
    }

    /// <summary>Puts what differs, and nothing else.</summary>
    /// <returns>The version of each secret, and whether it is new.</returns>
    /// <exception cref="DistributedApplicationException">A parameter has no value.</exception>
    public async Task<IReadOnlyList<SecretVersion>> PutAsync(CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(application.Secrets, cancellationToken);
        List<SecretVersion> versions = [];
        foreach (var keys in application.Secrets.Where(secret => secret.HoldsKeys))
        {
            var renewed = DataProtectionKeys.Renew(current[keys]?.Text, time.GetUtcNow());
            given.Hide(renewed);
            versions.Add(await PutAsync(keys, current[keys], renewed, cancellationToken));
        }

        foreach (var forms in Parameters())
        {
            // What Secrets Manager rotates is its own from the first value on.
            var kept = KeptOf(forms, current);
            var value = (forms.Any(secret => secret.Rotation is not null) ? kept : null)
                ?? given[forms.Key]
                ?? kept
                ?? (
                    forms.Any(secret => secret.IsGenerated)
                        ? given.Generate(forms.Key)
                        : throw new DistributedApplicationException(given.Missing(forms.Key))
                );
            foreach (var secret in forms)
            {
                versions.Add(await PutAsync(secret, current[secret], Format(value, secret.Format), cancellationToken));
            }
        }

        return versions;
    }

    private IEnumerable<IGrouping<string, SecretSpec>> Parameters() =>
        application.Secrets.Where(secret => !secret.HoldsKeys).GroupBy(secret => secret.Name, StringComparer.Ordinal);

    private async Task<SecretVersion> PutAsync(SecretSpec secret, CurrentValue? current, string value, CancellationToken cancellationToken)
    {
        if (current?.Text == value)
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
    private static string? KeptOf(IEnumerable<SecretSpec> forms, IReadOnlyDictionary<SecretSpec, CurrentValue?> current)
    {
        foreach (var secret in forms.OrderBy(secret => secret.Format))
        {
            if (secret.Format != ValueFormat.Lowercase && current[secret] is { } value)
            {
                return secret.Format == ValueFormat.Uri ? Uri.UnescapeDataString(value.Text) : value.Text;
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

    private async Task<IReadOnlyDictionary<SecretSpec, CurrentValue?>> CurrentAsync(
        IEnumerable<SecretSpec> secrets,
        CancellationToken cancellationToken
    )
    {
        SecretSpec[] all = [.. secrets];
        var read = await Task.WhenAll(all.Select(secret => CurrentAsync(secret, cancellationToken)));
        Dictionary<SecretSpec, CurrentValue?> current = [];
        for (var i = 0; i < all.Length; i++)
        {
            current[all[i]] = read[i];
        }

        return current;
    }

    private async Task<CurrentValue?> CurrentAsync(SecretSpec secret, CancellationToken cancellationToken)
    {
        try
        {
            var current = await secretsManager.GetSecretValueAsync(
                new GetSecretValueRequest { SecretId = IdOf(secret) },
                cancellationToken
            );
            return current.SecretString is { } text ? new CurrentValue(text, current.VersionId, current.CreatedDate) : null;
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

    /// <summary>What Secrets Manager has of a secret.</summary>
    private sealed record CurrentValue(string Text, string VersionId, DateTime? Created);
}

/// <summary>The version that a secret has now.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="VersionId">Its version.</param>
/// <param name="Created">When its value was put.</param>
/// <param name="IsNew">Whether this deploy put it.</param>
internal sealed record SecretVersion(SecretSpec Secret, string VersionId, DateTime? Created, bool IsNew);
