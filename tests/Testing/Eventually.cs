namespace Testing;

/// <summary>Waits for what has to come true, with a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Asks again and again until the answer is not null.</summary>
    public static Task<T> GetAsync<T>(Func<Task<T?>> find, string what)
        where T : class => GetAsync(find, () => what);

    /// <inheritdoc cref="GetAsync{T}(Func{Task{T}}, string)"/>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> find, Func<string> what)
        where T : class
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await find() is { } found)
                return found;
            Assert.False(deadline.IsCancellationRequested, $"Not within {Deadline.TotalSeconds} s: {what()}");
            await timer.WaitForNextTickAsync();
        }
    }
}
