namespace Deploy.Tests;

/// <summary>Waits for what another process does.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> isSo, Func<string> message)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            Assert.False(deadline.IsCancellationRequested, message());
            await timer.WaitForNextTickAsync();
        }
    }
}
