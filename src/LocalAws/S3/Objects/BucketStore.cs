using LocalAws.Storage;

namespace LocalAws.S3.Objects;

/// <param name="CreatedAt">Unix milliseconds.</param>
/// <param name="Name">Unique, as in S3.</param>
/// <param name="Region">The location that its creator asked for.</param>
internal sealed record Bucket(string Name, long CreatedAt, string Region);

internal sealed class BucketStore(Database database, TimeProvider time)
{
    /// <exception cref="S3Exception">The bucket exists.</exception>
    public Task CreateAsync(string name, string region) =>
        database.RunAsync(session =>
        {
            if (Find(session, name) is not null)
                throw S3Exception.BucketAlreadyOwnedByYou(name);
            session.Execute(
                "INSERT INTO buckets (name, created_at, region) VALUES ($1, $2, $3)",
                name,
                time.GetUtcNow().ToUnixTimeMilliseconds(),
                region
            );
        });

    /// <exception cref="S3Exception">There is no such bucket, or it has objects or unfinished uploads.</exception>
    public Task DeleteAsync(string name) =>
        database.RunAsync(session =>
        {
            session.RequireBucket(name);
            var isUsed =
                session.Query("SELECT 1 FROM objects WHERE bucket = $1 LIMIT 1", row => row.GetInt32(0), name).Count > 0
                || session.Query("SELECT 1 FROM uploads WHERE bucket = $1 LIMIT 1", row => row.GetInt32(0), name).Count > 0;
            if (isUsed)
                throw S3Exception.BucketNotEmpty(name);
            session.Execute("DELETE FROM buckets WHERE name = $1", name);
        });

    /// <exception cref="S3Exception">There is no such bucket.</exception>
    public Task<Bucket> FindAsync(string name) => database.RunAsync(session => Find(session, name) ?? throw S3Exception.NoSuchBucket(name));

    public Task<List<Bucket>> ListAsync() =>
        database.RunAsync(session => session.Query("SELECT name, created_at, region FROM buckets ORDER BY name", Read));

    private static Bucket? Find(DatabaseSession session, string name) =>
        session.QueryFirst("SELECT name, created_at, region FROM buckets WHERE name = $1", Read, name);

    private static Bucket Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2));
}
