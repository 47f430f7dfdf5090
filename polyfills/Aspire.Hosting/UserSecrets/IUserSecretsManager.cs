using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The secrets that an AppHost keeps between runs, outside of its sources.</summary>
[Experimental("ASPIREUSERSECRETS001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IUserSecretsManager
{
    /// <summary>Whether the AppHost has user secrets: it has a UserSecretsId.</summary>
    bool IsAvailable { get; }

    /// <summary>The file that holds them.</summary>
    string FilePath { get; }

    /// <summary>Keeps a secret.</summary>
    /// <returns>Whether it could be kept.</returns>
    bool TrySetSecret(string name, string value);

    /// <summary>Forgets a secret.</summary>
    /// <returns>Whether there was one.</returns>
    bool TryDeleteSecret(string name);

    /// <summary>Puts a secret into configuration, and makes and keeps one where configuration has none.</summary>
    void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator);

    /// <summary>Replaces all secrets.</summary>
    Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default);
}
