using LocalAws.Storage;

namespace LocalAws.S3.Objects;

/// <summary>Multipart uploads.</summary>
internal sealed class UploadStore(Database database, IBlobStore blobs)
{
    /// <exception cref="S3Exception">There is no such bucket.</exception>
    public Task CreateAsync(MultipartUpload upload) =>
        database.RunAsync(session =>
        {
            session.RequireBucket(upload.Bucket);
            session.PutUpload(upload);
        });

    /// <exception cref="S3Exception">There is no such upload.</exception>
    public Task<(MultipartUpload Upload, List<UploadedPart> Parts)> FindAsync(string bucket, byte[] key, string id) =>
        database.RunAsync(session => (session.RequireUpload(bucket, key, id), session.ReadParts(id)));

    /// <exception cref="S3Exception">There is no such bucket.</exception>
    public Task<List<MultipartUpload>> ListAsync(string bucket) =>
        database.RunAsync(session =>
        {
            session.RequireBucket(bucket);
            return session.ReadUploads(bucket);
        });

    /// <summary>Adds a part or replaces it. Its blob is deleted if the upload has ended meanwhile.</summary>
    public async Task PutPartAsync(string bucket, byte[] key, string id, UploadedPart part)
    {
        string? replaced;
        try
        {
            replaced = await database.RunAsync(session =>
            {
                session.RequireUpload(bucket, key, id);
                var current = session.ReadParts(id).Find(other => other.Number == part.Number);
                session.PutPart(id, part);
                return current?.Blob;
            });
        }
        catch
        {
            blobs.Delete(part.Blob);
            throw;
        }
        if (replaced is not null)
            blobs.Delete(replaced);
    }

    /// <summary>Puts the object in place and ends the upload, in one step. Parts that the object does not have are deleted.</summary>
    /// <exception cref="S3Exception">The upload has ended, one of its parts was replaced, or the condition does not hold.</exception>
    public async Task CompleteAsync(MultipartUpload upload, StoredObject stored, WriteCondition condition)
    {
        var unused = await database.RunAsync(session =>
        {
            session.RequireUpload(upload.Bucket, upload.Key, upload.Id);
            var blobsOfUpload = session.ReadParts(upload.Id).Select(part => part.Blob).ToHashSet();
            if (!stored.Parts.All(part => blobsOfUpload.Remove(part.Blob)))
                throw S3Exception.InvalidPart();
            var current = session.FindObject(upload.Bucket, upload.Key);
            condition.Check(current, System.Text.Encoding.UTF8.GetString(upload.Key));
            session.PutObject(stored);
            session.DeleteUpload(upload.Id);
            return blobsOfUpload.Concat(current?.Parts.Select(part => part.Blob) ?? []).ToList();
        });
        foreach (var blob in unused)
            blobs.Delete(blob);
    }

    /// <exception cref="S3Exception">There is no such upload.</exception>
    public async Task AbortAsync(string bucket, byte[] key, string id)
    {
        var parts = await database.RunAsync(session =>
        {
            session.RequireUpload(bucket, key, id);
            var all = session.ReadParts(id);
            session.DeleteUpload(id);
            return all;
        });
        foreach (var part in parts)
            blobs.Delete(part.Blob);
    }
}
