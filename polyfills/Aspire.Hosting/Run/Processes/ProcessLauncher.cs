using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Logs;
using Aspire.Hosting.Run.Projects;

namespace Aspire.Hosting.Run.Processes;

/// <summary>Starts projects and executables as processes of this machine.</summary>
internal sealed class ProcessLauncher(ProjectOutputs outputs, Lazy<ProcessGuardian> guardian, TimeProvider time) : IResourceLauncher
{
    public string EndedState => KnownResourceStates.Finished;

    public async Task<IRunningResource> LaunchAsync(
        ResourceInstance instance, ResourceConfiguration configuration, ResourceLog log, CancellationToken cancellationToken)
    {
        var command = instance.Resource switch
        {
            ProjectResource project => await ProjectCommand.MakeAsync(project, outputs, log, cancellationToken).ConfigureAwait(false),
            ExecutableResource executable => new ProcessCommand(executable.Command, [], executable.WorkingDirectory),
            var other => throw new ResourceStartException($"'{other.Name}' is neither a project nor an executable."),
        };

        // What the launch profile says goes where the model says nothing.
        string[] arguments =
        [
            .. command.Arguments,
            .. configuration.Arguments.IsEmpty ? command.DefaultArguments : configuration.Arguments.Select(argument => argument.Value),
        ];
        var launch = new ProcessLaunch(command.FileName, arguments, command.WorkingDirectory, EnvironmentOf(instance.Resource, configuration));
        var output = new OutputLevel();
        var errors = new OutputLevel();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var process = ChildProcess.Start(
                launch,
                line => log.Add(line.Text, line.IsError, (line.IsError ? errors : output).Read(line.Text), line.Timestamp),
                guardian.Value,
                time);
            return new RunningProcess(process, Properties(instance.Resource, launch, process, configuration));
        }
        catch (ProcessLaunchException exception)
        {
            throw new ResourceStartException($"'{instance.Resource.Name}' cannot start: {exception.Message}.", exception);
        }
    }

    private static ImmutableDictionary<string, string> EnvironmentOf(IResource resource, ResourceConfiguration configuration) =>
        resource is ProjectResource
        && DotnetInstallation.Root is { } root
        && Environment.GetEnvironmentVariable(DotnetInstallation.RootVariable) is null
        && !configuration.Environment.ContainsKey(DotnetInstallation.RootVariable)
            ? configuration.Environment.Add(DotnetInstallation.RootVariable, root)
            : configuration.Environment;

    private static ImmutableArray<ResourcePropertySnapshot> Properties(
        IResource resource, ProcessLaunch launch, ChildProcess process, ResourceConfiguration configuration)
    {
        var properties = ImmutableArray.CreateBuilder<ResourcePropertySnapshot>();
        properties.Add(new("executable.path", launch.FileName));
        properties.Add(new("executable.workDir", launch.WorkingDirectory));
        properties.Add(new("executable.args", launch.Arguments.ToImmutableArray()) 
        {
            IsSensitive = configuration.Arguments.Any(argument => argument.IsSensitive),
        });
        properties.Add(new("executable.pid", process.Id.ToString(CultureInfo.InvariantCulture)));
        if (resource is ProjectResource project)
        {
            properties.Add(new("project.path", project.GetProjectMetadata().ProjectPath));
            if (LaunchProfiles.Effective(project) is var (profile, _))
            {
                properties.Add(new("project.launchProfile", profile));
            }
        }
        return properties.ToImmutable();
    }

    private sealed class RunningProcess(ChildProcess process, ImmutableArray<ResourcePropertySnapshot> properties) : IRunningResource
    {
        public Task<int> Completion => process.Completion;

        public ImmutableArray<ResourcePropertySnapshot> Properties => properties;

        public Task StopAsync(TimeSpan grace, CancellationToken killNow) => process.StopAsync(grace, killNow);

        public ValueTask DisposeAsync()
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The command that a resource runs as.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Arguments that come before the model's.</param>
/// <param name="WorkingDirectory">Where it starts.</param>
internal sealed record ProcessCommand(string FileName, ImmutableArray<string> Arguments, string WorkingDirectory)
{
    /// <summary>Arguments for where the model has none.</summary>
    public ImmutableArray<string> DefaultArguments { get; init; } = [];
}
