namespace Aspire.Dashboard.Otlp;

/// <summary>There was more to read than may be.</summary>
internal sealed class RequestTooLargeException(long limit) : IOException($"There are more than {limit} bytes.");

/// <summary>Reads a stream whole, up to a limit: what unpacks without end is stopped there.</summary>
internal static class BoundedBody
{
    private const int Chunk = 64 * 1024;

    /// <exception cref="RequestTooLargeException">It is longer.</exception>
    public static async Task<byte[]> ReadAsync(Stream source, int limit, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[Chunk];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > limit)
            {
                throw new RequestTooLargeException(limit);
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
