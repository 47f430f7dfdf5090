namespace Api.Errors;

/// <summary>Bounds what a call of AWS takes with all its retries: S3 may stall, and the SDK alone would wait.</summary>
internal static class StorageDeadline
{
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task<T> RunAsync<T>(
        TimeSpan limit,
        TimeProvider time,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"AWS did not answer within {limit.TotalSeconds:N0} s.", exception);
        }
    }
}
