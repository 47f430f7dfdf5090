using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run.Console;

/// <summary>A second Ctrl-C, or SIGTERM, while the application stops: the person has no patience left.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly CancellationTokenSource _received = new();
    private readonly IHostApplicationLifetime _lifetime;
    private readonly List<PosixSignalRegistration> _registrations;
    private int _count;

    public SecondSignal(IHostApplicationLifetime lifetime)
    {
        _lifetime = lifetime;
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Cancelled when it comes.</summary>
    public CancellationToken Received => _received.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _received.Dispose();
    }

    // The first one is the host's: it starts the stop. What it does with the signal is left to it.
    private void OnSignal(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _count) > 1 && _lifetime.ApplicationStopping.IsCancellationRequested)
        {
            _received.Cancel();
        }
    }
}
