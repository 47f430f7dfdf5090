using Aspire.Hosting.Run.Console;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Starts and stops the orchestrator with the host.</summary>
internal sealed class OrchestratorService(LocalOrchestrator orchestrator, SecondSignal secondSignal) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => orchestrator.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var killNow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, secondSignal.Received);
        await orchestrator.StopAsync(killNow.Token).ConfigureAwait(false);
    }
}
