using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    private readonly Lazy<Assembly?> _assembly;
    private bool _projectDirectoryIsSet;

    /// <summary>Creates options.</summary>
    public DistributedApplicationOptions() => _assembly = new(FindAssembly);

    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; the program's own where null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The name the dashboard shows.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Whether there is no dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the output of resources also goes to the AppHost's log.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether the dashboard may be reached over plain HTTP.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>A registry that stands in for those of all container images.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Whether resources trust the developer certificate.</summary>
    public bool? TrustDeveloperCertificate { get; set; }

    /// <summary>Whether resources use the developer certificate for HTTPS.</summary>
    public bool? DeveloperCertificateDefaultHttpsTerminationEnabled { get; set; }

    /// <summary>The AppHost project's directory; as its assembly says where not set.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectoryIsSet ? field : Metadata("AppHostProjectPath");
        set
        {
            field = value;
            _projectDirectoryIsSet = true;
        }
    }

    internal Assembly? Assembly => _assembly.Value;

    internal string? ProjectName => Metadata("AppHostProjectName");

    /// <summary>What the AppHost's build left in its assembly.</summary>
    internal string? Metadata(string key) => Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => string.Equals(metadata.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private Assembly? FindAssembly()
    {
        if (string.IsNullOrEmpty(AssemblyName))
        {
            return Assembly.GetEntryAssembly();
        }

        try
        {
            return Assembly.Load(AssemblyName);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            throw new InvalidOperationException(
                $"Failed to load AppHost assembly '{AssemblyName}' specified in {nameof(DistributedApplicationOptions)}.", exception);
        }
    }
}
