using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.S3;
using Amazon.S3.Model;

namespace Profiles;

/// <summary>
/// Profiles in the bucket. Each has a folder <c>profiles/{id}/</c> with the uploaded <c>source.csv</c>, its <c>state.json</c> and, when
/// done, <c>profile.json</c>. Writers meet only through S3's conditional requests: a state is replaced if it is still the one that was
/// read, a result is written if there is none. See
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional writes</see>.
/// </summary>
/// <param name="s3">Where the bucket is.</param>
/// <param name="resources">Which bucket.</param>
/// <param name="time">The clock by which a writer waits for others; the system's where null.</param>
public sealed class ProfileStore(IAmazonS3 s3, ProfileResources resources, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private const string Root = "profiles/";

    /// <summary>Where the uploaded file is.</summary>
    public static string SourceKey(ProfileId id) => $"{Root}{id}/source.csv";

    /// <summary>Makes a profile visible. Its file is in the bucket already.</summary>
    /// <returns>The state and its version.</returns>
    public async Task<Stored<ProfileState>> CreateAsync(ProfileState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var request = WriteRequest(StateKey(state.Id), state, ProfilesJson.Default.ProfileState);
        return new Stored<ProfileState>(state, (await s3.PutObjectAsync(request, cancellationToken)).ETag);
    }

    /// <summary>A profile's state and the version that was read, or null where there is no such profile.</summary>
    public Task<Stored<ProfileState>?> FindAsync(ProfileId id, CancellationToken cancellationToken) =>
        ReadAsync(StateKey(id), ProfilesJson.Default.ProfileState, cancellationToken);

    /// <summary>A profile's result, or null where there is none.</summary>
    public async Task<Profile?> FindProfileAsync(ProfileId id, CancellationToken cancellationToken) =>
        (await ReadAsync(ProfileKey(id), ProfilesJson.Default.Profile, cancellationToken))?.Value;

    /// <summary>Opens a profile's result as it is stored, in JSON; null where there is none. Whoever gets it disposes it.</summary>
    public async Task<StoredContent?> OpenProfileAsync(ProfileId id, CancellationToken cancellationToken)
    {
        try
        {
            return new StoredContent(await s3.GetObjectAsync(resources.Bucket, ProfileKey(id), cancellationToken));
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "NoSuchKey")
        {
            return null;
        }
    }

    /// <summary>Whether a result has been written.</summary>
    public async Task<bool> HasProfileAsync(ProfileId id, CancellationToken cancellationToken)
    {
        try
        {
            await s3.GetObjectMetadataAsync(resources.Bucket, ProfileKey(id), cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Opens the uploaded file for one reading to its end.</summary>
    /// <param name="id">Which profile.</param>
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="etag">The version that was read before, where it was: another one is refused.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FileNotFoundException">The file is not in the bucket.</exception>
    public async Task<SourceContent> OpenSourceAsync(ProfileId id, long from, string? etag, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectRequest
            {
                BucketName = resources.Bucket,
                Key = SourceKey(id),
                EtagToMatch = etag,
            };
            if (from > 0)
                request.ByteRange = new ByteRange($"bytes={from}-");
            var response = await s3.GetObjectAsync(request, cancellationToken);
            return new SourceContent(response.ResponseStream, response.ETag, from + response.ContentLength);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "NoSuchKey")
        {
            throw new FileNotFoundException($"The uploaded file, {SourceKey(id)}, is not in the bucket.", exception);
        }
    }

    /// <summary>Writes the result if there is none.</summary>
    /// <returns>Whether this call wrote it.</returns>
    /// <exception cref="ConflictException">Another write to it was under way each time that this one was tried.</exception>
    public async Task<bool> TryWriteProfileAsync(ProfileId id, Profile profile, CancellationToken cancellationToken)
    {
        var request = WriteRequest(ProfileKey(id), profile, ProfilesJson.Default.Profile);
        request.IfNoneMatch = "*";
        var conflicts = new Conflicts(request.Key, _time);
        while (await TryPutAsync(request, cancellationToken) is null)
        {
            if (await HasProfileAsync(id, cancellationToken))
                return false;
            await conflicts.WaitAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Changes a profile's state, on the latest version if another writer came in between. <paramref name="change"/> returns null to leave
    /// the state as it is.
    /// </summary>
    /// <param name="id">Which profile.</param>
    /// <param name="known">The version read last, if one was: it saves reading it again.</param>
    /// <param name="change">From the state that is to the state that shall be.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The state as it is now, or null where the profile has been deleted: a change never brings it back.</returns>
    /// <exception cref="ConflictException">Another writer came in between each time that this one tried.</exception>
    public async Task<Stored<ProfileState>?> UpdateAsync(
        ProfileId id,
        Stored<ProfileState>? known,
        Func<ProfileState, ProfileState?> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(change);
        var conflicts = new Conflicts(StateKey(id), _time);
        while (true)
        {
            var current = known ?? await FindAsync(id, cancellationToken);
            if (current is null || change(current.Value) is not { } changed)
                return current;

            var request = WriteRequest(StateKey(id), changed, ProfilesJson.Default.ProfileState);
            request.IfMatch = current.ETag;
            if (await TryPutAsync(request, cancellationToken) is { } etag)
                return new Stored<ProfileState>(changed, etag);
            known = null;
            await conflicts.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Removes a profile and all that belongs to it. The state goes first: without it the rest is invisible.</summary>
    public async Task DeleteAsync(ProfileId id, CancellationToken cancellationToken)
    {
        await s3.DeleteObjectAsync(resources.Bucket, StateKey(id), cancellationToken);
        await s3.DeleteObjectAsync(resources.Bucket, ProfileKey(id), cancellationToken);
        await s3.DeleteObjectAsync(resources.Bucket, SourceKey(id), cancellationToken);
    }

    /// <summary>Up to <paramref name="limit"/> profiles, the newest first.</summary>
    /// <param name="after">The last profile of the page before, where there was one.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task<ProfileListing> ListAsync(ProfileId? after, int limit, CancellationToken cancellationToken)
    {
        var listing = await s3.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = resources.Bucket,
                Prefix = Root,
                Delimiter = "/",
                MaxKeys = limit,
                // The folder itself would be listed again: '0' is the character after '/'.
                StartAfter = after is null ? null : $"{Root}{after}0",
            },
            cancellationToken
        );

        var ids = (listing.CommonPrefixes ?? [])
            .Select(prefix => ProfileId.TryParse(prefix[Root.Length..].TrimEnd('/'), null, out var id) ? id : (ProfileId?)null)
            .OfType<ProfileId>()
            .ToArray();
        var states = new ProfileState?[ids.Length];
        await Parallel.ForAsync(
            0,
            ids.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (i, cancellation) => states[i] = (await FindAsync(ids[i], cancellation))?.Value
        );
        return new ProfileListing([.. states.OfType<ProfileState>()], listing.IsTruncated is true && ids.Length > 0 ? ids[^1] : null);
    }

    /// <summary>The profiles without a result whose ids are of this time, the newest first. Each has a state or is being deleted.</summary>
    public async IAsyncEnumerable<ProfileId> ListWithoutResultAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = resources.Bucket,
            Prefix = Root,
            StartAfter = $"{Root}{ProfileId.PrefixOf(to.AddMilliseconds(1))}",
        };
        var end = $"{Root}{ProfileId.PrefixOf(from.AddMilliseconds(-1))}";
        var done = new HashSet<ProfileId>();
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request, cancellationToken);
            // In a folder "profile.json" comes before "state.json", also where a page ends between them.
            foreach (var key in (page.S3Objects ?? []).Select(found => found.Key))
            {
                if (string.CompareOrdinal(key, end) >= 0)
                    yield break;
                if (key[Root.Length..].Split('/') is not [var text, var name] || !ProfileId.TryParse(text, null, out var id))
                    continue;
                if (name is "profile.json")
                    done.Add(id);
                else if (name is "state.json" && !done.Remove(id))
                    yield return id;
            }

            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated is true);
    }

    private static string StateKey(ProfileId id) => $"{Root}{id}/state.json";

    private static string ProfileKey(ProfileId id) => $"{Root}{id}/profile.json";

    private async Task<Stored<T>?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await s3.GetObjectAsync(resources.Bucket, key, cancellationToken);
            var value = await JsonSerializer.DeserializeAsync(response.ResponseStream, type, cancellationToken)
                ?? throw new JsonException($"{key} holds no value.");
            return new Stored<T>(value, response.ETag);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "NoSuchKey")
        {
            return null;
        }
    }

    // Written twice, once to learn how long it is: a large value is then in memory once, without what a growing buffer leaves behind.
    private PutObjectRequest WriteRequest<T>(string key, T value, JsonTypeInfo<T> type)
    {
        using var length = new CountingStream();
        JsonSerializer.Serialize(length, value, type);
        var json = new MemoryStream(new byte[length.Length]);
        JsonSerializer.Serialize(json, value, type);
        json.Position = 0;
        return new PutObjectRequest
        {
            BucketName = resources.Bucket,
            Key = key,
            ContentType = "application/json",
            InputStream = json,
            AutoCloseStream = false,
        };
    }

    // 412: the condition does not hold. 409: another conditional write to the key is under way. 404: If-Match on a key that is gone.
    private async Task<string?> TryPutAsync(PutObjectRequest request, CancellationToken cancellationToken)
    {
        try
        {
            request.InputStream.Position = 0;
            return (await s3.PutObjectAsync(request, cancellationToken)).ETag;
        }
        catch (AmazonS3Exception exception)
            when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || exception.ErrorCode is "NoSuchKey"
            )
        {
            return null;
        }
    }
}

/// <summary>An uploaded file, open for reading.</summary>
/// <param name="Stream">Its bytes from the one that was asked for.</param>
/// <param name="ETag">The version.</param>
/// <param name="Length">The bytes of the whole.</param>
public sealed record SourceContent(Stream Stream, string ETag, long Length);

/// <summary>A value and the version of the object that it was read from.</summary>
public sealed record Stored<T>(T Value, string ETag);

/// <summary>A page of a listing.</summary>
/// <param name="Profiles">The profiles, the newest first. Fewer than asked for says nothing about whether more follow.</param>
/// <param name="Last">Where the next page starts, or null at the end.</param>
public sealed record ProfileListing(IReadOnlyList<ProfileState> Profiles, ProfileId? Last);
