namespace Hosting.Fargate.Tests.Publishing;

/// <summary>The reference application's AppHost as its user starts it: a process.</summary>
internal static class AppHostRun
{
    /// <summary>Publishes into a folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="environment">Variables of the process's environment.</param>
    public static Task<ProcessRun> PublishAsync(string folder, params (string Name, string Value)[] environment) =>
        ProcessRun.StartAsync(
            "dotnet",
            ["exec", Repository.OutputOf("src/AppHost", "AppHost.dll"), "publish", "--output-path", folder],
            environment: environment.ToDictionary(variable => variable.Name, variable => variable.Value)
        );
}
