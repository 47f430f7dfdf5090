using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aws.Ecs.Tasks;

/// <summary>
/// Asks for protection while there is work, renews it, and gives it up soon after the last. One loop does so: the work never waits for
/// the agent, and the agent gets one request at a time.
/// </summary>
internal sealed partial class TaskProtection(
    TaskProtectionAgent agent,
    IOptions<TaskProtectionOptions> options,
    ILogger<TaskProtection> logger
) : BackgroundService, ITaskProtection
{
    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html</summary>
    public const string AgentVariable = "ECS_AGENT_URI";

    private readonly TaskProtectionOptions _options = options.Value;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly Lock _lock = new();

    private int _inHand;
    private bool _isProtected;
    private bool _hasFailed;

    public IDisposable Protect()
    {
        Add(1);
        return new Protection(this);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (Volatile.Read(ref _inHand) > 0)
                {
                    _isProtected |= await TryPutAsync(isProtected: true).ConfigureAwait(false);
                    await WaitAsync(() => _inHand == 0, _options.RenewalInterval, stoppingToken).ConfigureAwait(false);
                }
                else if (_isProtected && !await WaitAsync(() => _inHand > 0, _options.ReleaseDelay, stoppingToken).ConfigureAwait(false))
                {
                    await ReleaseAsync().ConfigureAwait(false);
                }
                else if (!_isProtected)
                {
                    await WaitAsync(() => _inHand > 0, Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Who had work has stopped before.
            if (_isProtected)
            {
                await ReleaseAsync().ConfigureAwait(false);
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    private void Add(int count)
    {
        lock (_lock)
        {
            _inHand += count;
            // From none to some or back: what is in between changes nothing.
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }

    /// <summary>Whether the condition came true within the time.</summary>
    private async Task<bool> WaitAsync(Func<bool> condition, TimeSpan time, CancellationToken cancellationToken)
    {
        var start = Environment.TickCount64;
        while (!condition())
        {
            var remaining = time == Timeout.InfiniteTimeSpan ? time : time - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
            if (time != Timeout.InfiniteTimeSpan && remaining <= TimeSpan.Zero)
            {
                return false;
            }

            await _changed.WaitAsync(remaining, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    // A release that fails is made up for by the expiry.
    private async Task ReleaseAsync()
    {
        _isProtected = false;
        await TryPutAsync(isProtected: false).ConfigureAwait(false);
    }

    private async Task<bool> TryPutAsync(bool isProtected)
    {
        try
        {
            await agent.PutAsync(isProtected, _options.ExpiresAfter).ConfigureAwait(false);
            _hasFailed = false;
            return true;
        }
        catch (Exception exception)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                LogNotSet(exception.Message);
            }

            return false;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The task's scale-in protection could not be set; work goes on without. This is said once until it works again. {Reason}"
    )]
    private partial void LogNotSet(string reason);

    private sealed class Protection(TaskProtection owner) : IDisposable
    {
        private TaskProtection? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Add(-1);
    }
}
