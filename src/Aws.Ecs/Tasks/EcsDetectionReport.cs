using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aws.Ecs.Tasks;

/// <summary>Says what detection could not find out. Detection cannot say it itself: it is a part of what makes the loggers.</summary>
internal sealed partial class EcsDetectionReport(EcsDetection detection, ILogger<EcsDetectionReport> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await detection.ProblemAsync().ConfigureAwait(false) is { } problem)
        {
            LogNotDetected(detection.Endpoint, problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The task metadata at {Endpoint} could not be read; telemetry does not name the task. {Reason}")]
    private partial void LogNotDetected(string? endpoint, string reason);
}
