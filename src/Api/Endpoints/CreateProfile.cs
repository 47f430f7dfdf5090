using Api.Errors;
using Api.Outbox;
using Api.Uploads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Profiles;

namespace Api.Endpoints;

internal static class CreateProfile
{
    /// <summary>Takes a CSV file</summary>
    /// <remarks>
    /// The body is the file: UTF-8, with a header, as large as the service is set to take (2 GiB by default). It is stored while it
    /// arrives. The answer comes when it is safe and a worker has been asked for its profile; `Location` says where that will be.
    /// </remarks>
    public static async Task<Results<Accepted<ProfileResource>, ProblemHttpResult>> HandleAsync(
        HttpContext context,
        SourceUploader uploader,
        JobOutbox outbox,
        IOptions<ApiOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var request = context.Request;
        if (!CsvContent.IsCsv(request.ContentType))
        {
            context.Response.Headers.Accept = CsvContent.MediaTypes[0];
            return Problems.UnsupportedContentType(request.ContentType);
        }

        if (!CsvContent.IsPlain(request.Headers.ContentEncoding.ToString()))
        {
            context.Response.Headers.AcceptEncoding = "identity";
            return Problems.UnsupportedContentEncoding(request.Headers.ContentEncoding.ToString());
        }

        if (request.ContentLength > options.Value.MaxUploadSize)
            return Problems.TooLarge(options.Value.MaxUploadSize);

        var id = ProfileId.New(time);
        using var entry = outbox.Open(id);
        var size = await uploader.UploadAsync(id, request.Body, cancellationToken);
        if (size is 0)
            return Problems.EmptyBody();

        var now = time.GetUtcNow();
        var state = new ProfileState
        {
            Id = id,
            Status = ProfileStatus.Queued,
            CreatedAt = now,
            UpdatedAt = now,
            Size = size,
        };
        await outbox.AcceptAsync(state, cancellationToken);
        return TypedResults.Accepted(ProfileResource.PathOf(id), ProfileResource.Of(state));
    }
}
