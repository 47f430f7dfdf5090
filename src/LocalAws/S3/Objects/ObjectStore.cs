using LocalAws.Storage;

namespace LocalAws.S3.Objects;

/// <summary>Objects: their index in the database, their bytes in blobs.</summary>
internal sealed class ObjectStore(Database database, IBlobStore blobs)
{
    /// <summary>Opens an object while nobody can delete it. <paramref name="choose"/> checks it and says which bytes are wanted.</summary>
    /// <exception cref="S3Exception">There is no such bucket or key.</exception>
    public Task<OpenedObject> OpenAsync(string bucket, byte[] key, Func<StoredObject, ByteRange> choose) =>
        database.RunAsync(session =>
        {
            var stored = Require(session, bucket, key);
            return new OpenedObject(stored, choose(stored), blobs);
        });

    /// <exception cref="S3Exception">There is no such bucket or key.</exception>
    public Task<StoredObject> FindAsync(string bucket, byte[] key) => database.RunAsync(session => Require(session, bucket, key));

    public Task RequireBucketAsync(string bucket) => database.RunAsync(session => session.RequireBucket(bucket));

    /// <summary>Puts an object in place of what has its key. Its blobs are deleted if the condition does not hold.</summary>
    public async Task PutAsync(StoredObject stored, WriteCondition condition)
    {
        StoredObject? replaced;
        try
        {
            replaced = await database.RunAsync(session =>
            {
                session.RequireBucket(stored.Bucket);
                var current = session.FindObject(stored.Bucket, stored.Key);
                condition.Check(current, KeyText(stored.Key));
                session.PutObject(stored);
                return current;
            });
        }
        catch
        {
            DeleteBlobs(stored.Parts);
            throw;
        }
        DeleteBlobs(replaced?.Parts);
    }

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    /// <exception cref="S3Exception">There is no such bucket, or the condition does not hold.</exception>
    public async Task DeleteAsync(string bucket, byte[] key, string? mustMatch)
    {
        var deleted = await database.RunAsync(session =>
        {
            session.RequireBucket(bucket);
            var current = session.FindObject(bucket, key);
            new WriteCondition(MustNotExist: false, mustMatch).Check(current, KeyText(key));
            session.DeleteObject(bucket, key);
            return current;
        });
        DeleteBlobs(deleted?.Parts);
    }

    public void DeleteBlobs(IEnumerable<ObjectPart>? parts)
    {
        foreach (var part in parts ?? [])
            blobs.Delete(part.Blob);
    }

    private static StoredObject Require(DatabaseSession session, string bucket, byte[] key)
    {
        session.RequireBucket(bucket);
        return session.FindObject(bucket, key) ?? throw S3Exception.NoSuchKey(KeyText(key));
    }

    private static string KeyText(byte[] key) => System.Text.Encoding.UTF8.GetString(key);
}
