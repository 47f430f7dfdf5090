using System.Collections.Concurrent;
using System.Reflection;
using Aspire.Hosting.Run.Logs;
using Aspire.Hosting.Run.Processes;

namespace Aspire.Hosting.Run.Projects;

/// <summary>Where the build of a project put its program.</summary>
/// <remarks>
/// The AppHost's own build builds the projects it refers to, and notes each one's output in the AppHost's assembly. A project that is
/// added by its path alone is built here, once.
/// </remarks>
internal sealed class ProjectOutputs(Assembly? appHost, TimeProvider time)
{
    private const string MetadataPrefix = "aspire-project-target:";

    private readonly SemaphoreSlim _oneBuildAtATime = new(1, 1);
    private readonly ConcurrentDictionary<string, string> _built = new();
    private readonly Dictionary<string, string> _noted = (appHost?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? [])
        .Where(metadata => metadata.Key.StartsWith(MetadataPrefix, StringComparison.Ordinal) && metadata.Value is not null)
        .GroupBy(metadata => Path.GetFullPath(metadata.Key[MetadataPrefix.Length..]))
        .ToDictionary(group => group.Key, group => group.First().Value!);

    /// <summary>The path of the project's assembly.</summary>
    /// <param name="projectPath">The path of its project file.</param>
    /// <param name="log">Gets the output of a build.</param>
    /// <param name="cancellationToken">Ends a build.</param>
    /// <exception cref="ResourceStartException">The project does not build.</exception>
    public async Task<string> FindAsync(string projectPath, ResourceLog log, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(projectPath);
        if ((_noted.TryGetValue(path, out var target) && File.Exists(target)) || _built.TryGetValue(path, out target))
        {
            return target;
        }

        // Two builds at once would get into each other's way where they share a project.
        await _oneBuildAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _built.TryGetValue(path, out target) ? target : _built[path] = await BuildAsync(path, log, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneBuildAtATime.Release();
        }
    }

    private async Task<string> BuildAsync(string projectPath, ResourceLog log, CancellationToken cancellationToken)
    {
        if (!File.Exists(projectPath))
        {
            throw new ResourceStartException($"There is no project file '{projectPath}'.");
        }

        // -getProperty prints nothing but the property, and the build's errors on standard error.
        var output = new ConcurrentQueue<string>();
        var configuration = appHost?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } own ? own : "Debug";
        using var build = Start(
            ["build", projectPath, "-c", configuration, "-t:Build", "-getProperty:TargetPath"],
            line =>
            {
                output.Enqueue(line.Text);
                log.Add(line.Text, line.IsError, level: null, line.Timestamp);
            });
        using var registration = cancellationToken.Register(build.Kill);
        var exitCode = await build.Completion.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        return exitCode == 0 && output.LastOrDefault(line => File.Exists(line.Trim())) is { } target
            ? target.Trim()
            : throw new ResourceStartException($"'{projectPath}' does not build. Its log says why, and so does: dotnet build \"{projectPath}\"");
    }

    private ChildProcess Start(string[] arguments, Action<OutputLine> onOutput)
    {
        try
        {
            return ChildProcess.Start(
                new ProcessLaunch(DotnetInstallation.Host, arguments, Environment.CurrentDirectory, new Dictionary<string, string>()), onOutput, guardian: null, time);
        }
        catch (ProcessLaunchException exception)
        {
            throw new ResourceStartException($"The .NET SDK is needed to build a project: {exception.Message}.", exception);
        }
    }
}
