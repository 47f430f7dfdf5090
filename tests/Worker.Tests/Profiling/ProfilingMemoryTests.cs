using Worker.Profiling;

namespace Worker.Tests.Profiling;

public sealed class ProfilingMemoryTests
{
    [Fact]
    public async Task Who_wants_more_than_is_free_waits_and_nobody_overtakes()
    {
        var memory = new ProfilingMemory(100);
        var first = await memory.TakeAsync(60, CancellationToken.None);

        var large = memory.TakeAsync(80, CancellationToken.None);
        var small = memory.TakeAsync(10, CancellationToken.None);
        Assert.False(large.IsCompleted || small.IsCompleted);

        first.Dispose();
        (await large).Dispose();
        (await small).Dispose();
        using var all = await memory.TakeAsync(100, CancellationToken.None);
    }

    [Fact]
    public async Task Who_gives_up_lets_the_next_one_in()
    {
        var memory = new ProfilingMemory(100);
        using var first = await memory.TakeAsync(60, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var large = memory.TakeAsync(80, cancellation.Token);
        var small = memory.TakeAsync(10, CancellationToken.None);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        using var share = await small;
    }
}
