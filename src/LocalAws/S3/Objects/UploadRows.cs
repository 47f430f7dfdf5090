using System.Text.Json;
using LocalAws.Storage;
using Microsoft.Data.Sqlite;

namespace LocalAws.S3.Objects;

/// <summary>The statements on multipart uploads and their parts.</summary>
internal static class UploadRows
{
    private const string UploadColumns = "id, bucket, key, initiated_at, headers, checksum_algorithm, checksum_type";
    private const string PartColumns = "number, blob, size, etag, checksum, modified_at";

    public static void PutUpload(this DatabaseSession session, MultipartUpload upload) =>
        session.Execute(
            $"INSERT INTO uploads ({UploadColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            upload.Id,
            upload.Bucket,
            upload.Key,
            upload.InitiatedAt,
            JsonSerializer.Serialize(upload.Headers),
            upload.ChecksumAlgorithm,
            upload.ChecksumType
        );

    /// <exception cref="S3Exception">There is no such bucket, or no such upload of this key.</exception>
    public static MultipartUpload RequireUpload(this DatabaseSession session, string bucket, byte[] key, string id)
    {
        session.RequireBucket(bucket);
        var upload = session.QueryFirst($"SELECT {UploadColumns} FROM uploads WHERE id = $1", ReadUpload, id);
        return upload is not null && upload.Bucket == bucket && upload.Key.AsSpan().SequenceEqual(key)
            ? upload
            : throw S3Exception.NoSuchUpload(id);
    }

    public static List<MultipartUpload> ReadUploads(this DatabaseSession session, string bucket) =>
        session.Query($"SELECT {UploadColumns} FROM uploads WHERE bucket = $1 ORDER BY key, initiated_at, id", ReadUpload, bucket);

    public static void DeleteUpload(this DatabaseSession session, string id)
    {
        session.Execute("DELETE FROM upload_parts WHERE upload_id = $1", id);
        session.Execute("DELETE FROM uploads WHERE id = $1", id);
    }

    public static void PutPart(this DatabaseSession session, string uploadId, UploadedPart part) =>
        session.Execute(
            $"INSERT OR REPLACE INTO upload_parts (upload_id, {PartColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            uploadId,
            part.Number,
            part.Blob,
            part.Size,
            part.ETag,
            part.Checksum is null ? null : JsonSerializer.Serialize(part.Checksum),
            part.ModifiedAt
        );

    /// <summary>An upload's parts in the order of their numbers.</summary>
    public static List<UploadedPart> ReadParts(this DatabaseSession session, string uploadId) =>
        session.Query($"SELECT {PartColumns} FROM upload_parts WHERE upload_id = $1 ORDER BY number", ReadPart, uploadId);

    private static MultipartUpload ReadUpload(SqliteDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            Bucket = row.GetString(1),
            Key = row.GetFieldValue<byte[]>(2),
            InitiatedAt = row.GetInt64(3),
            Headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(4))!,
            ChecksumAlgorithm = row.IsDBNull(5) ? null : row.GetString(5),
            ChecksumType = row.IsDBNull(6) ? null : row.GetString(6),
        };

    private static UploadedPart ReadPart(SqliteDataReader row) =>
        new(
            row.GetInt32(0),
            row.GetString(1),
            row.GetInt64(2),
            row.GetString(3),
            row.IsDBNull(4) ? null : JsonSerializer.Deserialize<ObjectChecksum>(row.GetString(4)),
            row.GetInt64(5)
        );
}
