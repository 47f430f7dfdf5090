using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

#pragma warning disable ASPIREUSERSECRETS001 // This is what provides it.

/// <summary>The secrets.json of a UserSecretsId, as <c>dotnet user-secrets</c> keeps it.</summary>
internal sealed class UserSecretsFile(string path) : IUserSecretsManager
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private readonly Lock _lock = new();

    public bool IsAvailable => true;

    public string FilePath => path;

    /// <summary>Opens the secrets of an AppHost; one without an id has none.</summary>
    public static IUserSecretsManager Open(string? userSecretsId) => string.IsNullOrWhiteSpace(userSecretsId)
        ? new NoUserSecrets()
        : new UserSecretsFile(PathHelper.GetSecretsPathFromSecretsId(userSecretsId));

    public bool TrySetSecret(string name, string value) => TryChange(secrets =>
    {
        secrets[name] = value;
        return true;
    });

    public bool TryDeleteSecret(string name) => TryChange(secrets => secrets.Remove(name));

    public void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator)
    {
        if (!string.IsNullOrEmpty(configuration[name]))
        {
            return;
        }

        var value = valueGenerator();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { [name] = value });
        TrySetSecret(name, value);
    }

    public async Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default)
    {
        CreateDirectory();
        await File.WriteAllTextAsync(path, state.ToJsonString(s_indented), cancellationToken);
    }

    private bool TryChange(Func<JsonObject, bool> change)
    {
        try
        {
            lock (_lock)
            {
                var secrets = Read();
                if (!change(secrets))
                {
                    return false;
                }

                CreateDirectory();
                var written = $"{path}.{Guid.NewGuid():N}";
                File.WriteAllText(written, secrets.ToJsonString(s_indented));
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(written, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                File.Move(written, path, overwrite: true);
                return true;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the file with its keys as configuration spells them, colons and all.</summary>
    private JsonObject Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = File.OpenRead(path);
        var values = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable().Where(pair => pair.Value is not null);
        var secrets = new JsonObject();
        foreach (var (key, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            secrets[key] = value;
        }

        return secrets;
    }

    private void CreateDirectory() => Directory.CreateDirectory(Path.GetDirectoryName(path)!);
}

/// <summary>The secrets of an AppHost without a UserSecretsId.</summary>
internal sealed class NoUserSecrets : IUserSecretsManager
{
    public bool IsAvailable => false;

    public string FilePath => string.Empty;

    public bool TrySetSecret(string name, string value) => false;

    public bool TryDeleteSecret(string name) => false;

    public void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator)
    {
        if (string.IsNullOrEmpty(configuration[name]))
        {
            configuration.AddInMemoryCollection(new Dictionary<string, string?> { [name] = valueGenerator() });
        }
    }

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
