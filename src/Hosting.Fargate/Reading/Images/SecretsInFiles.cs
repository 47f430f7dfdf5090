using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Finds what is secret in files that would go into an image: the values of secret parameters, as they are and encoded, and private keys.
/// </summary>
internal sealed class SecretsInFiles(IEnumerable<ParameterResource> parameters)
{
    private List<Secret>? _secrets;

    /// <summary>The files that hold something secret, and what.</summary>
    public async Task<IReadOnlyList<SecretInFile>> FindAsync(IReadOnlyCollection<LayerFile> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return [];
        }

        // Looked up only where there is something to compare with.
        _secrets ??= await ReadAsync(cancellationToken);
        List<SecretInFile> found = [];
        foreach (var (path, content, _) in files.Where(file => file.Content is not null))
        {
            if (_secrets.FirstOrDefault(secret => secret.Forms.Any(form => content.AsSpan().IndexOf(form) >= 0)) is { } secret)
            {
                found.Add(new(path, $"the value of the secret '{secret.Name}' is in it"));
            }
            else if (content.AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0)
            {
                found.Add(new(path, "a private key is in it"));
            }
        }

        return found;
    }

    /// <summary>
    /// Whether a value is in files for other reasons too: what is short is part of many words, and a plain word, such as <c>admin</c> or
    /// <c>postgres</c>, is the name of a user or a role.
    /// </summary>
    internal static bool IsWord(string value) =>
        value.Length < 4 || (value.Length <= 12 && char.IsAsciiLetter(value[0]) && value.Skip(1).All(char.IsAsciiLetterLower));

    private async Task<List<Secret>> ReadAsync(CancellationToken cancellationToken)
    {
        List<Secret> secrets = [];
        foreach (var parameter in parameters.Where(parameter => parameter.Secret || parameter.Default is GenerateParameterDefault))
        {
            try
            {
                if (await parameter.GetValueAsync(cancellationToken) is { } value && !IsWord(value))
                {
                    string[] forms =
                    [
                        value,
                        Uri.EscapeDataString(value),
                        JsonEncodedText.Encode(value).ToString(),
                        Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
                    ];
                    secrets.Add(new(parameter.Name, [.. forms.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)]));
                }
            }
            catch (MissingParameterValueException) { }
        }

        return secrets;
    }

    /// <summary>The value of a secret, as it is and as files have it.</summary>
    private sealed record Secret(string Name, byte[][] Forms);
}

/// <summary>A file that holds something secret, and what.</summary>
internal sealed record SecretInFile(string Path, string What);
