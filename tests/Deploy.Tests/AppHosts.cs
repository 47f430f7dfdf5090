using System.Reflection;

namespace Deploy.Tests;

/// <summary>The AppHosts that tests start as processes.</summary>
internal static class AppHosts
{
    /// <summary>Of tests/Deploy/AppHost: an application of containers by reference.</summary>
    public static string Shop { get; } = PathOf("DeployAppHost");

    /// <summary>Of src/AppHost: the reference application, whose images are built.</summary>
    public static string Reference { get; } = PathOf("ReferenceAppHost");

    private static string PathOf(string name) =>
        typeof(AppHosts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;
}
