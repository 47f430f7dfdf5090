using System.Runtime.CompilerServices;
using OpenTelemetry;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// An exporter that is made when there is first something to export, on the thread that exports: a service answers its first request without
/// having compiled what sends its first spans. What is recorded before waits in the queue of the processor, as ever.
/// </summary>
/// <param name="create">Makes it, or null where it cannot be made: all that comes then is lost.</param>
internal sealed class DeferredExporter<T>(Func<BaseExporter<T>?> create) : BaseExporter<T>
    where T : class
{
    private BaseExporter<T>? _exporter;
    private bool _isCreated;

    public override ExportResult Export(in Batch<T> batch) => Exporter()?.Export(batch) ?? ExportResult.Failure;

    protected override bool OnForceFlush(int timeoutMilliseconds) => _exporter?.ForceFlush(timeoutMilliseconds) ?? true;

    protected override bool OnShutdown(int timeoutMilliseconds) => _exporter?.Shutdown(timeoutMilliseconds) ?? true;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _exporter?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Processors and readers export one batch at a time.
    private BaseExporter<T>? Exporter()
    {
        if (!_isCreated)
        {
            _isCreated = true;
            if (create() is { } exporter)
            {
                // By it the exporter finds the resource. A processor sets it on the exporter that it is given, which is this one.
                SetParentProvider(exporter, ParentProvider);
                _exporter = exporter;
            }
        }

        return _exporter;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_ParentProvider")]
    private static extern void SetParentProvider(BaseExporter<T> exporter, BaseProvider? provider);
}
