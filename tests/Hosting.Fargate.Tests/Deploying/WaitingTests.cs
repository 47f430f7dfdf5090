using Hosting.Fargate.Aws;
using Microsoft.Extensions.Time.Testing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>How often AWS is asked.</summary>
public sealed class WaitingTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Pauses_grow_to_three_seconds_and_no_longer()
    {
        var waiting = new Waiting(_time);
        List<double> pauses = [];
        for (var i = 0; i < 12; i++)
        {
            pauses.Add(await PauseAsync(waiting));
        }

        Assert.Equal([100, 150, 225, 337], pauses[..4]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(3000, pauses[^1]);
    }

    [Fact]
    public async Task After_something_has_happened_they_are_short_again()
    {
        var waiting = new Waiting(_time);
        await PauseAsync(waiting);
        await PauseAsync(waiting);
        waiting.Hurry();
        Assert.Equal(100, await PauseAsync(waiting));
    }

    [Fact]
    public async Task A_pause_ends_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var pause = new Waiting(_time).PauseAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => pause);
    }

    /// <summary>How long a pause is, in milliseconds: half a millisecond of the clock after the other. A timer counts whole ones.</summary>
    private async Task<double> PauseAsync(Waiting waiting)
    {
        var begun = _time.GetTimestamp();
        var pause = waiting.PauseAsync(TestContext.Current.CancellationToken);
        while (!pause.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(0.5));
        }

        await pause;
        return _time.GetElapsedTime(begun).TotalMilliseconds;
    }
}
