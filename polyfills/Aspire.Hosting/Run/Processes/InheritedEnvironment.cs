namespace Aspire.Hosting.Run.Processes;

/// <summary>Which environment variables of this process its children must not see.</summary>
internal static class InheritedEnvironment
{
    // They say how the AppHost runs: a child would listen on the dashboard's address, or take the AppHost's environment for its own.
    private static readonly string[] s_ofAppHost =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL",
    ];

    // Tokens of the dashboard, and values of parameters: for whoever the model gives them to.
    private static readonly string[] s_prefixes = ["ASPIRE_DASHBOARD_", "DOTNET_DASHBOARD_", "AppHost__", "Parameters__"];

    /// <summary>Takes them out of what a child would inherit.</summary>
    public static void Clean(IDictionary<string, string?> environment)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var name in environment.Keys.ToList())
        {
            if (s_ofAppHost.Any(own => string.Equals(own, name, comparison)) || s_prefixes.Any(prefix => name.StartsWith(prefix, comparison)))
            {
                environment.Remove(name);
            }
        }
    }
}
