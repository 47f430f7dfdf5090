using System.Text.Json;
using LocalAws.Storage;
using Microsoft.Data.Sqlite;

namespace LocalAws.S3.Objects;

/// <summary>The statements on buckets and objects.</summary>
internal static class ObjectRows
{
    private const string Columns = "bucket, key, size, etag, modified_at, parts, headers, checksum";

    /// <exception cref="S3Exception">There is no such bucket.</exception>
    public static void RequireBucket(this DatabaseSession session, string bucket)
    {
        if (session.QueryFirst("SELECT name FROM buckets WHERE name = $1", row => row.GetString(0), bucket) is null)
            throw S3Exception.NoSuchBucket(bucket);
    }

    public static StoredObject? FindObject(this DatabaseSession session, string bucket, byte[] key) =>
        session.QueryFirst($"SELECT {Columns} FROM objects WHERE bucket = $1 AND key = $2", Read, bucket, key);

    /// <summary>Objects from a key on, in the order of their keys.</summary>
    public static List<StoredObject> ReadObjects(this DatabaseSession session, string bucket, byte[] from, int limit) =>
        session.Query($"SELECT {Columns} FROM objects WHERE bucket = $1 AND key >= $2 ORDER BY key LIMIT $3", Read, bucket, from, limit);

    public static void PutObject(this DatabaseSession session, StoredObject stored) =>
        session.Execute(
            $"INSERT OR REPLACE INTO objects ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            stored.Bucket,
            stored.Key,
            stored.Size,
            stored.ETag,
            stored.ModifiedAt,
            JsonSerializer.Serialize(stored.Parts),
            JsonSerializer.Serialize(stored.Headers),
            stored.Checksum is null ? null : JsonSerializer.Serialize(stored.Checksum)
        );

    public static void DeleteObject(this DatabaseSession session, string bucket, byte[] key) =>
        session.Execute("DELETE FROM objects WHERE bucket = $1 AND key = $2", bucket, key);

    /// <summary>Each blob that an object or an unfinished upload has.</summary>
    public static IEnumerable<string> ReadAllBlobs(this DatabaseSession session) =>
        [
            .. session
                .Query("SELECT parts FROM objects", row => ReadParts(row.GetString(0)).Select(part => part.Blob))
                .SelectMany(ids => ids),
            .. session.Query("SELECT blob FROM upload_parts", row => row.GetString(0)),
        ];

    private static StoredObject Read(SqliteDataReader row) =>
        new()
        {
            Bucket = row.GetString(0),
            Key = row.GetFieldValue<byte[]>(1),
            Size = row.GetInt64(2),
            ETag = row.GetString(3),
            ModifiedAt = row.GetInt64(4),
            Parts = ReadParts(row.GetString(5)),
            Headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6))!,
            Checksum = row.IsDBNull(7) ? null : JsonSerializer.Deserialize<ObjectChecksum>(row.GetString(7)),
        };

    private static ObjectPart[] ReadParts(string json) => JsonSerializer.Deserialize<ObjectPart[]>(json)!;
}
