using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is; the AppHost's build makes one a project that it references.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The path of the project's file.</summary>
    string ProjectPath { get; }

    /// <summary>The launch settings; those beside the project where null.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether it must not be built before it runs.</summary>
    bool SuppressBuild => false;

    /// <summary>Whether it is a single file.</summary>
    bool IsFileBasedApp => false;
}

/// <summary>The launchSettings.json of a project.</summary>
public sealed class LaunchSettings
{
    /// <summary>The profiles by name, in their order.</summary>
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}

/// <summary>A way to launch a project.</summary>
public sealed class LaunchProfile
{
    /// <summary>What is launched: <c>Project</c>, <c>Executable</c> …</summary>
    public string? CommandName { get; set; }

    /// <summary>The arguments.</summary>
    public string? CommandLineArgs { get; set; }

    /// <summary>The program, where <see cref="CommandName"/> is <c>Executable</c>.</summary>
    public string? ExecutablePath { get; set; }

    /// <summary>Whether <c>dotnet run</c> says what it does.</summary>
    public bool? DotnetRunMessages { get; set; }

    /// <summary>Whether a browser is opened.</summary>
    public bool? LaunchBrowser { get; set; }

    /// <summary>What the browser is opened at.</summary>
    public string? LaunchUrl { get; set; }

    /// <summary>The addresses to listen on, with semicolons between them.</summary>
    public string? ApplicationUrl { get; set; }

    /// <summary>The environment variables.</summary>
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}
