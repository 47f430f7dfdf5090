using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Logs;
using Aspire.Hosting.Run.Processes;

namespace Aspire.Hosting.Run.Projects;

/// <summary>How a project is run: its built program, never <c>dotnet run</c>, which would build again and stand between us and the process.</summary>
internal static class ProjectCommand
{
    /// <exception cref="ResourceStartException">The project has no program that could run.</exception>
    public static async Task<ProcessCommand> MakeAsync(
        ProjectResource project, ProjectOutputs outputs, ResourceLog log, CancellationToken cancellationToken)
    {
        var projectPath = project.GetProjectMetadata().ProjectPath;
        var assembly = await outputs.FindAsync(projectPath, log, cancellationToken).ConfigureAwait(false);
        if (!File.Exists(Path.ChangeExtension(assembly, ".runtimeconfig.json")))
        {
            throw new ResourceStartException($"'{projectPath}' builds a library, not a program: set OutputType to Exe.");
        }

        var defaultArguments = CommandLine.Split(LaunchProfiles.Effective(project)?.Profile.CommandLineArgs);
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var folder = Path.GetDirectoryName(projectPath)!;
        return File.Exists(program)
            ? new ProcessCommand(program, [], folder) { DefaultArguments = [.. defaultArguments] }
            : new ProcessCommand(DotnetInstallation.Host, [assembly], folder) { DefaultArguments = [.. defaultArguments] };
    }
}
