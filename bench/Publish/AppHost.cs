namespace Bench.Publish;

/// <summary>The built AppHosts: this project's output holds their files, for it references them.</summary>
internal static class AppHost
{
    public static Command Publish(string assembly, string output, int? services = null)
    {
        string[] arguments =
        [
            "exec",
            Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"),
            "--operation",
            "publish",
            "--step",
            "publish",
            "--output-path",
            Path.Combine(output, assembly),
        ];
        return new Command("publish", "dotnet", services is { } count ? [.. arguments, "--Services", $"{count}"] : arguments)
        {
            // Where `dotnet run` would start it.
            Folder = assembly switch
            {
                "AppHost" => Projects.AppHost.ProjectPath,
                "Publish.Empty" => Projects.Publish_Empty.ProjectPath,
                _ => Projects.Publish_AppHost.ProjectPath,
            },
        };
    }
}
