using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the entry point of an AppHost on a thread of its own, and stops it when disposed.</summary>
/// <param name="entryPoint">A type in the AppHost's assembly.</param>
/// <param name="args">The command line.</param>
public class DistributedApplicationFactory(Type entryPoint, string[] args) : IDisposable, IAsyncDisposable
{
    private readonly Type _entryPoint = entryPoint ?? throw new ArgumentNullException(nameof(entryPoint));
    private readonly string[] _args = ThrowIfEmpty(args);
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposing = new();
    private int _isRunning;

    /// <summary>Creates a factory for an AppHost without a command line.</summary>
    public DistributedApplicationFactory(Type entryPoint) : this(entryPoint, [])
    {
    }

    /// <summary>Runs the entry point until its application has started.</summary>
    /// <exception cref="InvalidOperationException">It ended before that.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default) => await WaitAsync(_started.Task, cancellationToken);

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.CreateHttpClient"/>
    public HttpClient CreateHttpClient(string resourceName, string? endpointName = default) =>
        StartedApplication().CreateHttpClient(resourceName, endpointName);

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.GetConnectionStringAsync"/>
    public ValueTask<string?> GetConnectionString(string resourceName) => StartedApplication().GetConnectionStringAsync(resourceName);

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.GetEndpoint"/>
    public Uri GetEndpoint(string resourceName, string? endpointName = default) => StartedApplication().GetEndpoint(resourceName, endpointName);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the application and waits, as long as its host gives it, until the entry point has ended.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_disposing.IsCancellationRequested)
        {
            return;
        }

        await _disposing.CancelAsync();
        if (!_application.Task.IsCompletedSuccessfully)
        {
            return;
        }

        var application = await _application.Task;
        try
        {
            var grace = application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + TimeSpan.FromSeconds(5);
            application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await _exited.Task.WaitAsync(grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (ObjectDisposedException)
        {
            // The entry point has ended by itself.
        }

        await application.DisposeAsync();
    }

    /// <summary>Called when a builder is about to be made.</summary>
    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    /// <summary>Called when a builder has been made.</summary>
    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the application is about to be built.</summary>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the application has been built.</summary>
    protected virtual void OnBuilt(DistributedApplication application)
    {
    }

    internal Task<DistributedApplicationBuilder> ResolveBuilderAsync(CancellationToken cancellationToken) =>
        WaitAsync(_builder.Task, cancellationToken);

    internal Task<DistributedApplication> ResolveApplicationAsync(CancellationToken cancellationToken) =>
        WaitAsync(_application.Task, cancellationToken);

    internal static string[] ThrowIfEmpty(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return !args.Any(string.IsNullOrEmpty)
            ? args
            : throw new ArgumentException($"Array params contains empty item: [{string.Join(", ", args)}]", nameof(args));
    }

    private async Task<T> WaitAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        await WaitAsync((Task)task, cancellationToken);
        return await task;
    }

    private async Task WaitAsync(Task task, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            RunEntryPoint();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        await task.WaitAsync(either.Token);
    }

    private DistributedApplication StartedApplication()
    {
        ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
        return _started.Task.IsCompletedSuccessfully
            ? _application.Task.GetAwaiter().GetResult()
            : throw new InvalidOperationException("The application has not been initialized.");
    }

    private void RunEntryPoint()
    {
        var main = _entryPoint.Assembly.EntryPoint
            ?? throw new InvalidOperationException($"Assembly of specified type {_entryPoint.Name} does not have an entry point.");

        // The interceptor flows into the thread, and into nothing else that the test does.
        using var interception = DistributedApplicationInterception.Use(new Interceptor(this));
        new Thread(() => Run(main)) { IsBackground = true, Name = $"{_entryPoint.Assembly.GetName().Name} under test" }.Start();
    }

    private void Run(MethodInfo main)
    {
        try
        {
            // The compiler wraps an asynchronous entry point in one that is not.
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [_args]);
            Fail(new InvalidOperationException(
                $"The entry point of '{_entryPoint.Assembly.GetName().Name}' ended before its application had started."));
            _exited.TrySetResult();
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            Fail(cause);
            _exited.TrySetException(cause);
        }
    }

    /// <summary>Tells whoever still waits for something.</summary>
    private void Fail(Exception exception)
    {
        _builder.TrySetException(exception);
        _application.TrySetException(exception);
        _started.TrySetException(exception);
    }

    private sealed class Interceptor(DistributedApplicationFactory factory) : DistributedApplicationInterceptor
    {
        public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
            AppHostUnderTest.Configure(factory._args, options, settings, factory._entryPoint.Assembly, factory.OnBuilderCreating);

        public override void Constructed(DistributedApplicationBuilder builder)
        {
            builder.Services.AddHttpClient();
            factory.OnBuilderCreated(builder);
        }

        public override void Building(DistributedApplicationBuilder builder)
        {
            factory._builder.TrySetResult(builder);
            factory.OnBuilding(builder);
        }

        public override void Built(DistributedApplication application)
        {
            application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted
                .Register(() => factory._started.TrySetResult());
            factory._application.TrySetResult(application);
            factory.OnBuilt(application);
        }
    }
}
