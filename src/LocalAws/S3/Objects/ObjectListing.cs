using System.Text;
using LocalAws.Storage;

namespace LocalAws.S3.Objects;

/// <summary>A page of a bucket's keys, where keys that share a prefix up to the delimiter count as one.</summary>
internal sealed record ObjectListing(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> CommonPrefixes, byte[]? Next)
{
    private const int ReadAhead = 1000;

    /// <param name="session">The database.</param>
    /// <param name="bucket">Which bucket.</param>
    /// <param name="prefix">What all keys begin with.</param>
    /// <param name="delimiter">Null or empty for none.</param>
    /// <param name="from">The first key that may be in the page.</param>
    /// <param name="maximum">How many keys and common prefixes.</param>
    public static ObjectListing Read(DatabaseSession session, string bucket, string prefix, string? delimiter, byte[] from, int maximum)
    {
        session.RequireBucket(bucket);
        var prefixBytes = Encoding.UTF8.GetBytes(prefix);
        var delimiterBytes = Encoding.UTF8.GetBytes(delimiter ?? "");
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        var next = from.AsSpan().SequenceCompareTo(prefixBytes) > 0 ? from : prefixBytes;
        while (maximum > 0)
        {
            var rows = session.ReadObjects(bucket, next, ReadAhead);
            byte[]? skipTo = null;
            foreach (var stored in rows)
            {
                if (skipTo is not null && stored.Key.AsSpan().SequenceCompareTo(skipTo) < 0)
                    continue;
                if (!stored.Key.AsSpan().StartsWith(prefixBytes))
                    return new(objects, prefixes, null);
                if (objects.Count + prefixes.Count == maximum)
                    return new(objects, prefixes, stored.Key);
                if (CommonPrefix(stored.Key, prefixBytes.Length, delimiterBytes) is { } common)
                {
                    prefixes.Add(Encoding.UTF8.GetString(common));
                    skipTo = Successor(common);
                }
                else
                {
                    objects.Add(stored);
                }
            }
            if (rows.Count < ReadAhead)
                break;
            next = After(rows[^1].Key);
            if (skipTo is not null && next.AsSpan().SequenceCompareTo(skipTo) < 0)
                next = skipTo;
        }
        return new(objects, prefixes, null);
    }

    /// <summary>The first key after this one.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    private static byte[]? CommonPrefix(byte[] key, int prefixLength, byte[] delimiter)
    {
        if (delimiter.Length == 0)
            return null;
        var index = key.AsSpan(prefixLength).IndexOf(delimiter);
        return index < 0 ? null : key[..(prefixLength + index + delimiter.Length)];
    }

    // The first key after all that begin so. UTF-8 has no byte 0xFF, so adding one never overflows.
    private static byte[] Successor(byte[] prefix)
    {
        var successor = prefix.ToArray();
        successor[^1]++;
        return successor;
    }
}
