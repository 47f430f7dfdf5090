using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace Hosting.Fargate.Images;

/// <summary>
/// The accounts that <c>docker login</c> keeps: read, never written. Sources:
/// https://docs.docker.com/reference/cli/docker/login/#credential-stores, and for what a file has
/// https://github.com/docker/cli/tree/master/cli/config.
/// </summary>
internal static class DockerCredentials
{
    /// <summary>The name that Docker has for Docker Hub's account.</summary>
    private const string HubKey = "https://index.docker.io/v1/";

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

        try
        {
            return Read(await File.ReadAllTextAsync(file, cancellationToken), registry) switch
            {
                { Helper: { } helper, Key: var key } => await AskAsync(helper, key, cancellationToken),
                var found => found.Account,
            };
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

    /// <summary>What the settings say of a registry: the program that has its account, or the account itself.</summary>
    internal static (string? Helper, string Key, RegistryCredentials? Account) Read(string settings, string registry)
    {
        using var document = JsonDocument.Parse(settings);
        var config = document.RootElement;
        var key = IsHub(registry) ? HubKey : registry;
        var helper = HelperOf(config, key);
        return (helper, key, helper is null ? OfFile(config, key) : null);
    }

    /// <summary>What a helper answers, whatever it warns of beside it.</summary>
    internal static RegistryCredentials? OfHelper(string answer)
    {
        var (start, end) = (answer.IndexOf('{'), answer.LastIndexOf('}'));
        if (start < 0 || end < start)
        {
            return null;
        }

        using var document = JsonDocument.Parse(answer[start..(end + 1)]);
        return new RegistryCredentials(Text(document.RootElement, "Username") ?? "", Text(document.RootElement, "Secret") ?? "");
    }

    private static bool IsHub(string registry) => registry is "docker.io" or "index.docker.io" or "registry-1.docker.io";

    private static string? HelperOf(JsonElement config, string key) =>
        config.TryGetProperty("credHelpers", out var helpers) && helpers.TryGetProperty(key, out var helper) ? helper.GetString()
        : Text(config, "credsStore") is { Length: > 0 } name ? name
        : null;

    /// <summary>By the registry as it was signed in to, or else by its host: other programs write an address.</summary>
    private static RegistryCredentials? OfFile(JsonElement config, string key)
    {
        if (!config.TryGetProperty("auths", out var accounts))
        {
            return null;
        }

        var account = accounts.TryGetProperty(key, out var own)
            ? own
            : accounts.EnumerateObject().FirstOrDefault(other => HostOf(other.Name) == HostOf(key)).Value;
        return account.ValueKind != JsonValueKind.Object ? null
            : Text(account, "identitytoken") is { Length: > 0 } token ? RegistryCredentials.OfToken(token)
            : Text(account, "auth") is { Length: > 0 } auth
                ? Encoding.UTF8.GetString(Convert.FromBase64String(auth)).TrimEnd('\0').Split(':', 2) is [var user, var password]
                        ? new RegistryCredentials(user, password)
                    : null
            : Text(account, "username") is { Length: > 0 } name ? new RegistryCredentials(name, Text(account, "password") ?? "")
            : null;
    }

    private static string HostOf(string address)
    {
        var host = address[(address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
        return IsHub(host) ? "docker.io" : host;
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<RegistryCredentials?> AskAsync(string helper, string key, CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await new ChildProcess($"docker-credential-{helper}", ["get"]) { Input = key, ActsInAws = true }.RunAsync(
            cancellationToken
        );
        return exitCode == 0 ? OfHelper(string.Join('\n', lines)) : null;
    }
}
