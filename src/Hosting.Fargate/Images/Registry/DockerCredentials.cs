using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace Hosting.Fargate.Images;

/// <summary>The accounts that <c>docker login</c> keeps: read, never written.</summary>
internal static class DockerCredentials
{
    /// <summary>The account of a registry; null where there is none.</summary>
    public static async Task<RegistryCredentials?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        var user = Environment.GetEnvironmentVariable("DOTNET_CONTAINER_PULL_REGISTRY_UNAME");
        var password = Environment.GetEnvironmentVariable("DOTNET_CONTAINER_PULL_REGISTRY_PWORD");
        if (!string.IsNullOrEmpty(user) && !string.IsNullOrEmpty(password))
        {
            return new RegistryCredentials(user, password);
        }

        var folder = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        var file = Path.Combine(folder, "config.json");
        if (!File.Exists(file))
        {
            return null;
        }

        var key = registry == "docker.io" ? "https://index.docker.io/v1/" : registry;
        try
        {
            using var config = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellationToken));
            return HelperOf(config.RootElement, key) is { } helper
                ? await AskAsync(helper, key, cancellationToken)
                : OfFile(config.RootElement, key);
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or Win32Exception
            )
        {
            // Broken settings of another program: the registry's refusal will say that a login is missing.
            return null;
        }
    }

    private static string? HelperOf(JsonElement config, string key) =>
        config.TryGetProperty("credHelpers", out var helpers) && helpers.TryGetProperty(key, out var helper) ? helper.GetString()
        : config.TryGetProperty("credsStore", out var store) && store.GetString() is { Length: > 0 } name ? name
        : null;

    private static RegistryCredentials? OfFile(JsonElement config, string key) =>
        config.TryGetProperty("auths", out var accounts)
        && accounts.TryGetProperty(key, out var account)
        && account.TryGetProperty("auth", out var auth)
        && Encoding.UTF8.GetString(Convert.FromBase64String(auth.GetString() ?? "")).Split(':', 2) is [var user, var password]
            ? new RegistryCredentials(user, password)
            : null;

    private static async Task<RegistryCredentials?> AskAsync(string helper, string key, CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await new ChildProcess($"docker-credential-{helper}", ["get"]) { Input = key, ActsInAws = true }.RunAsync(
            cancellationToken
        );
        if (exitCode != 0)
        {
            return null;
        }

        using var answer = JsonDocument.Parse(string.Join('\n', lines));
        return new RegistryCredentials(
            answer.RootElement.GetProperty("Username").GetString()!,
            answer.RootElement.GetProperty("Secret").GetString()!
        );
    }
}
