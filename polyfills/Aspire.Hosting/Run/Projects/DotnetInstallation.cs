using System.Runtime.InteropServices;

namespace Aspire.Hosting.Run.Projects;

/// <summary>The .NET installation that this process runs on. Projects run on the same, wherever it lies.</summary>
internal static class DotnetInstallation
{
    /// <summary>What a program looks at for its runtime, where it is in none of the usual places.</summary>
    public const string RootVariable = "DOTNET_ROOT";

    // The runtime is in shared/Microsoft.NETCore.App/<version> of it.
    private static readonly string s_root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Its folder, or nothing where this process brings its own runtime along.</summary>
    public static string? Root => File.Exists(HostIn(s_root)) ? s_root : null;

    /// <summary>The <c>dotnet</c> program.</summary>
    public static string Host => Root is { } root ? HostIn(root) : "dotnet";

    private static string HostIn(string folder) => Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
