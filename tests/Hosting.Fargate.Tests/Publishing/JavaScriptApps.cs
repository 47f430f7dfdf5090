using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

#pragma warning disable IDE0130 // What Aspire.Hosting.JavaScript says of an application is known by these names.

namespace Aspire.Hosting.JavaScript
{
    /// <summary>As the package has it; no feed here carries that.</summary>
    internal sealed class JavaScriptPackageManagerAnnotation(string executableName, string? runScriptCommand) : IResourceAnnotation
    {
        public string ExecutableName { get; } = executableName;

        public string? ScriptCommand { get; } = runScriptCommand;

        public string? CommandSeparator { get; init; } = "--";
    }

    /// <summary>As the package has it.</summary>
    internal sealed class JavaScriptInstallCommandAnnotation(string[] args) : IResourceAnnotation
    {
        public string[] Args { get; } = args;
    }

    /// <summary>As the package has it.</summary>
    internal sealed class JavaScriptBuildScriptAnnotation(string scriptName, string[] args) : IResourceAnnotation
    {
        public string ScriptName { get; } = scriptName;

        public string[] Args { get; } = args;
    }
}

namespace Hosting.Fargate.Tests.Publishing
{
    using Aspire.Hosting.JavaScript;

    internal static class JavaScriptApps
    {
        /// <summary>A front end as AddViteApp gives one where the model is published.</summary>
        public static IResourceBuilder<FrontendResource> AddViteApp(
            this IDistributedApplicationBuilder builder,
            string name,
            string folder,
            string manager = "npm",
            params string[] buildArguments
        ) =>
            builder
                .AddFrontend(name, folder)
                .WithAnnotation(
                    manager == "yarn"
                        ? new JavaScriptPackageManagerAnnotation(manager, runScriptCommand: "run") { CommandSeparator = null }
                        : new JavaScriptPackageManagerAnnotation(manager, runScriptCommand: "run")
                )
                .WithAnnotation(new JavaScriptInstallCommandAnnotation(manager == "npm" ? ["ci"] : ["install", "--frozen-lockfile"]))
                .WithAnnotation(new JavaScriptBuildScriptAnnotation("build", buildArguments));
    }
}
