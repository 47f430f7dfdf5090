using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Builds the application that the entry point of an AppHost describes: what the test adds comes after that.</summary>
internal sealed class EntryPointTestingBuilder(SuspendingDistributedApplicationFactory factory, DistributedApplicationBuilder inner)
    : TestingBuilder(inner)
{
    public override async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken) =>
        new EntryPointApplication(new EntryPointHost(factory, await factory.BuildAsync(cancellationToken)));

    public override ValueTask DisposeAsync() => factory.DisposeAsync();

    /// <summary>The entry point runs the application: starting it here is waiting until it has been.</summary>
    private sealed class EntryPointApplication(EntryPointHost host) : DistributedApplication(host)
    {
        public override Task RunAsync(CancellationToken cancellationToken = default) => host.RunAsync(cancellationToken);

        public override Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);
    }

    private sealed class EntryPointHost(DistributedApplicationFactory factory, DistributedApplication application) : IHost, IAsyncDisposable
    {
        public IServiceProvider Services => application.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => factory.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken = default) => factory.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        public void Dispose() => factory.Dispose();

        public ValueTask DisposeAsync() => factory.DisposeAsync();
    }
}

/// <summary>Holds the entry point where it builds its application until the test says so.</summary>
internal sealed class SuspendingDistributedApplicationFactory(
    Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    : DistributedApplicationFactory(entryPoint, args)
{
    private readonly TaskCompletionSource _building = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<IDistributedApplicationTestingBuilder> CreateBuilderAsync(CancellationToken cancellationToken) =>
        new EntryPointTestingBuilder(this, await ResolveBuilderAsync(cancellationToken));

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _building.TrySetResult();
        return ResolveApplicationAsync(cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        // Where the test never built, the entry point ends here: an application that nobody waits for must not start.
        _building.TrySetCanceled();
        return base.DisposeAsync();
    }

    protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions) =>
        configureBuilder(applicationOptions, hostOptions);

    protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder) => _building.Task.GetAwaiter().GetResult();
}
