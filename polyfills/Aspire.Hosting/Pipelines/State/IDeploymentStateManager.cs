using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Pipelines;

/// <summary>Keeps what one deployment leaves for the next.</summary>
[Experimental("ASPIREPIPELINES002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IDeploymentStateManager
{
    /// <summary>Where it is kept; null where it is not kept in a file.</summary>
    string? StateFilePath { get; }

    /// <summary>Takes a section, empty where there is none.</summary>
    Task<DeploymentStateSection> AcquireSectionAsync(string sectionName, CancellationToken cancellationToken = default);

    /// <summary>Keeps a section.</summary>
    /// <exception cref="InvalidOperationException">It was saved by somebody else since it was taken.</exception>
    Task SaveSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default);

    /// <summary>Forgets a section.</summary>
    /// <exception cref="InvalidOperationException">It was saved by somebody else since it was taken.</exception>
    Task DeleteSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default);

    /// <summary>Forgets everything.</summary>
    Task ClearAllStateAsync(CancellationToken cancellationToken = default);
}

/// <summary>A part of what is kept.</summary>
[Experimental("ASPIREPIPELINES002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class DeploymentStateSection(string sectionName, JsonObject? data, long version)
{
    /// <summary>Its name; a colon leads into another section.</summary>
    public string SectionName { get; } = sectionName;

    /// <summary>What it holds.</summary>
    public JsonObject Data { get; } = data ?? [];

    /// <summary>How often it has been saved.</summary>
    public long Version { get; set; } = version;

    /// <summary>Makes one text all that the section holds.</summary>
    public void SetValue(string value)
    {
        Data.Clear();
        Data[""] = value;
    }
}
