namespace LocalAws.Sqs.Operations;

/// <summary>What all batch operations have in common: their limits, and a result for each entry by itself.</summary>
internal static class BatchEntries
{
    private const int MaximumEntries = 10;
    private const int MaximumIdLength = 80;

    /// <exception cref="SqsException">The batch as a whole is refused.</exception>
    public static IReadOnlyList<T> Validate<T>(IReadOnlyList<T>? entries, string typeName, Func<T, string?> id)
    {
        if (entries is null or { Count: 0 })
            throw SqsException.EmptyBatchRequest(typeName);
        if (entries.Count > MaximumEntries)
            throw SqsException.TooManyEntriesInBatchRequest(entries.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var entryId = id(entry) ?? "";
            if (entryId.Length is 0 or > MaximumIdLength || !entryId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                throw SqsException.InvalidBatchEntryId();
            if (!ids.Add(entryId))
                throw SqsException.BatchEntryIdsNotDistinct(entryId);
        }
        return entries;
    }

    /// <summary>Does all entries at once, so that they share a commit, and says of each how it went.</summary>
    public static async Task<object> ForEachAsync<T>(IReadOnlyList<T> entries, Func<T, string?> id, Func<T, Task> work)
    {
        var successful = new List<object>();
        var failed = new List<BatchFailure>();
        var running = entries.Select(async entry => await work(entry)).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                await running[i];
                successful.Add(new { Id = id(entries[i]) });
            }
            catch (SqsException exception)
            {
                failed.Add(BatchFailure.Of(id(entries[i])!, exception));
            }
        }
        return new { Successful = successful, Failed = failed };
    }
}

internal sealed record BatchFailure(string Id, bool SenderFault, string Code, string Message)
{
    public static BatchFailure Of(string id, SqsException exception) => new(id, true, exception.QueryCode, exception.Message);
}
