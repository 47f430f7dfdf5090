using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Logs;
using Aspire.Hosting.Run.Processes;

namespace Aspire.Hosting.Run.Containers;

/// <summary>Starts containers through Docker or Podman.</summary>
/// <remarks>
/// The client stays attached to a session's container: its output is the container's, its exit code too, and a SIGTERM to it goes through.
/// Tests of real containers are skipped where no daemon answers; Podman is not covered.
/// </remarks>
internal sealed class ContainerLauncher(
    ContainerRuntime runtime, ResourceLifecycle lifecycle, string applicationId, TimeProvider time) : IResourceLauncher
{
    public string EndedState => KnownResourceStates.Exited;

    public async Task<IRunningResource> LaunchAsync(
        ResourceInstance instance, ResourceConfiguration configuration, ResourceLog log, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        var program = await runtime.UseAsync(log, cancellationToken).ConfigureAwait(false);
        var image = await ImageAsync(program, resource, log, cancellationToken).ConfigureAwait(false);
        var isPersistent = ContainerArguments.IsPersistent(resource);
        var name = resource.Annotations.OfType<ContainerNameAnnotation>().LastOrDefault()?.Name
            ?? $"{resource.Name}-{(isPersistent ? applicationId : instance.TelemetryInstanceId)}";

        if (!isPersistent)
        {
            await runtime.SucceedsAsync(program, ["rm", "--force", name], cancellationToken).ConfigureAwait(false);
        }
        if (!isPersistent || !await runtime.SucceedsAsync(program, ["container", "inspect", name], cancellationToken).ConfigureAwait(false))
        {
            // A persistent container outlives this run's network.
            var network = isPersistent ? "bridge" : runtime.Network;
            var arguments = ContainerArguments.Create(
                instance, configuration, name, image, network, runtime.Label,
                await RuntimeArgumentsAsync(resource, cancellationToken).ConfigureAwait(false));
            await runtime.RunAsync(program, arguments, log, cancellationToken, configuration.Environment).ConfigureAwait(false);
        }
        if (isPersistent)
        {
            await runtime.RunAsync(program, ["start", name], log, cancellationToken).ConfigureAwait(false);
        }

        string[] follow = isPersistent
            ? ["logs", "--follow", "--since", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), name]
            : ["start", "--attach", name];
        try
        {
            var client = ChildProcess.Start(
                new ProcessLaunch(program, follow, Environment.CurrentDirectory, new Dictionary<string, string>()),
                line => log.Add(line.Text, line.IsError, level: null, line.Timestamp),
                guardian: null,
                time);
            return new RunningContainer(runtime, lifecycle, client, program, name, image, isPersistent);
        }
        catch (ProcessLaunchException exception)
        {
            throw new ResourceStartException($"'{resource.Name}' cannot start: {exception.Message}.", exception);
        }
    }

    private async Task<string> ImageAsync(string program, IResource resource, ResourceLog log, CancellationToken cancellationToken)
    {
        if (!resource.TryGetContainerImageName(out var image))
        {
            throw new ResourceStartException($"Container '{resource.Name}' has no image.");
        }
        if (resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is { } build)
        {
            var values = new Dictionary<string, string>();
            foreach (var (name, value) in build.BuildArguments)
            {
                var resolved = await resource.ResolveValueAsync(lifecycle.ExecutionContext, value, cancellationToken).ConfigureAwait(false);
                values[name] = resolved.Value ?? "";
            }
            await runtime.RunAsync(program, ContainerArguments.Build(build, image, values), log, cancellationToken, values).ConfigureAwait(false);
        }
        return image;
    }

    private async Task<IEnumerable<string>> RuntimeArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var arguments = new List<object>();
        foreach (var callback in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await callback.Callback(new ContainerRuntimeArgsCallbackContext(arguments, cancellationToken)).ConfigureAwait(false);
        }
        var resolved = new List<string>();
        foreach (var argument in arguments)
        {
            var value = await resource.ResolveValueAsync(lifecycle.ExecutionContext, argument, cancellationToken).ConfigureAwait(false);
            resolved.Add(value.Value ?? "");
        }
        return resolved;
    }

    private sealed class RunningContainer(
        ContainerRuntime runtime, ResourceLifecycle lifecycle, ChildProcess client, string program, string name, string image, bool isPersistent)
        : IRunningResource
    {
        public Task<int> Completion => client.Completion;

        public ImmutableArray<ResourcePropertySnapshot> Properties { get; } =
            [new("container.image", image), new("container.name", name), new("container.lifetime", isPersistent ? "Persistent" : "Session")];

        public async Task StopAsync(TimeSpan grace, CancellationToken killNow)
        {
            if (isPersistent && lifecycle.Stopping.IsCancellationRequested)
            {
                // It goes on without us; only the follower of its log ends.
                client.Kill();
                await client.Completion.ConfigureAwait(false);
                return;
            }
            var seconds = ((int)(killNow.IsCancellationRequested ? TimeSpan.Zero : grace).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await runtime.SucceedsAsync(program, ["stop", "--time", seconds, name], killNow).ConfigureAwait(false);
            await client.StopAsync(TimeSpan.FromSeconds(1), killNow).ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            if (!isPersistent)
            {
                await runtime.SucceedsAsync(program, ["rm", "--force", "--volumes", name], CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
