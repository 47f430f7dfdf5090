namespace ServiceDefaults.Tests;

/// <summary>Conditions with a deadline.</summary>
internal static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task<T> NotNullAsync<T>(Func<T?> value, string what)
        where T : class
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (value() is { } found)
            {
                return found;
            }

            Assert.False(deadline.IsCancellationRequested, $"Not within {Deadline.TotalSeconds} s: {what}.");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what) => NotNullAsync(() => condition() ? "" : null, what);
}
