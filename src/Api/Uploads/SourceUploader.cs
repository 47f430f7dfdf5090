using Amazon.S3;
using Amazon.S3.Model;
using Api.Errors;
using Microsoft.Extensions.Options;
using Profiles;

namespace Api.Uploads;

/// <summary>
/// Streams a request's body to the bucket. A body of less than one part is put as it is, a larger one by a multipart upload of which one
/// part is read while the one before is sent; neither has its length to be known, nor are more than two parts in memory.
/// </summary>
internal sealed partial class SourceUploader(
    IAmazonS3 s3,
    ProfileResources resources,
    UploadMemory memory,
    IOptions<ApiOptions> options,
    TimeProvider time,
    ILogger<SourceUploader> logger
)
{
    private const string ContentType = "text/csv; charset=utf-8";

    private readonly ApiOptions _options = options.Value;

    /// <summary>Uploads a body. If that fails, nothing is left in the bucket.</summary>
    /// <returns>The body's length in bytes. An empty body is not uploaded.</returns>
    /// <exception cref="BadHttpRequestException">The body is larger than <see cref="ApiOptions.MaxUploadSize"/>.</exception>
    /// <exception cref="ProblemException">The sender is too slow, or there is no memory.</exception>
    /// <exception cref="TimeoutException">S3 does not answer.</exception>
    public async Task<long> UploadAsync(ProfileId id, Stream body, CancellationToken cancellationToken)
    {
        var part = await ReadPartAsync(body, isFirst: true, cancellationToken);
        return part.IsLast ? await PutAsync(id, part, cancellationToken) : await UploadPartsAsync(id, part, body, cancellationToken);
    }

    private async Task<PartBuffer> ReadPartAsync(Stream body, bool isFirst, CancellationToken cancellationToken)
    {
        var part = memory.Begin(isFirst);
        try
        {
            await part.FillAsync(body, _options.PartTimeout, cancellationToken);
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    private async Task<long> PutAsync(ProfileId id, PartBuffer part, CancellationToken cancellationToken)
    {
        using var given = part;
        if (part.Length is 0)
            return 0;
        ThrowIfTooLarge(part.Length);
        var request = new PutObjectRequest
        {
            BucketName = resources.Bucket,
            Key = ProfileStore.SourceKey(id),
            ContentType = ContentType,
            InputStream = part.OpenRead(),
        };
        await BoundAsync(cancellation => s3.PutObjectAsync(request, cancellation), cancellationToken);
        return part.Length;
    }

    private async Task<long> UploadPartsAsync(ProfileId id, PartBuffer first, Stream body, CancellationToken cancellationToken)
    {
        InitiateMultipartUploadResponse? upload = null;
        List<PartETag> sent = [];
        var sending = Task.CompletedTask;
        PartBuffer? part = first;
        var length = 0L;
        try
        {
            var initiate = new InitiateMultipartUploadRequest
            {
                BucketName = resources.Bucket,
                Key = ProfileStore.SourceKey(id),
                ContentType = ContentType,
            };
            upload = await BoundAsync(cancellation => s3.InitiateMultipartUploadAsync(initiate, cancellation), cancellationToken);
            for (var number = 1; part is { Length: > 0 }; number++)
            {
                await sending;
                length += part.Length;
                ThrowIfTooLarge(length);
                var isLast = part.IsLast;
                (sending, part) = (SendPartAsync(upload, number, part, sent, cancellationToken), null);
                if (!isLast)
                    part = await ReadPartAsync(body, isFirst: false, cancellationToken);
            }

            await sending;
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = upload.BucketName,
                Key = upload.Key,
                UploadId = upload.UploadId,
                PartETags = sent,
            };
            await BoundAsync(cancellation => s3.CompleteMultipartUploadAsync(complete, cancellation), cancellationToken);
            return length;
        }
        catch
        {
            // A part that arrives after the abort would stay, and cost, for ever.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await AbortAsync(upload);
            throw;
        }
        finally
        {
            part?.Dispose();
        }
    }

    private async Task SendPartAsync(
        InitiateMultipartUploadResponse upload,
        int number,
        PartBuffer part,
        List<PartETag> sent,
        CancellationToken cancellationToken
    )
    {
        using var given = part;
        var request = new UploadPartRequest
        {
            BucketName = upload.BucketName,
            Key = upload.Key,
            UploadId = upload.UploadId,
            PartNumber = number,
            PartSize = part.Length,
            InputStream = part.OpenRead(),
        };
        var response = await BoundAsync(cancellation => s3.UploadPartAsync(request, cancellation), cancellationToken);
        sent.Add(new PartETag(number, response.ETag));
    }

    private Task<T> BoundAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        StorageDeadline.RunAsync(_options.CallTimeout, time, call, cancellationToken);

    private void ThrowIfTooLarge(long length)
    {
        if (length > _options.MaxUploadSize)
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }

    private async Task AbortAsync(InitiateMultipartUploadResponse? upload)
    {
        if (upload is null)
            return;
        try
        {
            var abort = new AbortMultipartUploadRequest
            {
                BucketName = upload.BucketName,
                Key = upload.Key,
                UploadId = upload.UploadId,
            };
            await StorageDeadline.RunAsync(
                _options.CleanUpTimeout,
                time,
                cancellation => s3.AbortMultipartUploadAsync(abort, cancellation),
                CancellationToken.None
            );
        }
        catch (Exception exception)
        {
            LogNotAborted(exception, upload.UploadId, upload.Key);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The multipart upload {UploadId} of {Key} could not be aborted; its parts stay in the bucket.")]
    private partial void LogNotAborted(Exception exception, string uploadId, string key);
}
