using System.Buffers;
using System.Net.Mime;
using System.Text.Json;
using Api.Endpoints;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;
using Profiles;

namespace Api.Reading;

/// <summary>
/// A profile with its result, which streams from S3 as it is stored: it may be large, and its reader slow. What breaks off on the way
/// breaks the connection, so that no reader takes a part for the whole.
/// </summary>
internal sealed partial class StoredProfileResult(ProfileResource resource, StoredContent content, IDisposable right) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var given = right;
        using var read = content;
        // From here on its reader sets the pace, within limits.
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var head = JsonSerializer.SerializeToUtf8Bytes(resource, json).AsMemory()[..^1];
        var name = ",\"profile\":"u8.ToArray();

        var response = httpContext.Response;
        response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        response.ContentLength = head.Length + name.Length + content.Length + 1;
        using var paced = new PacedResponse(httpContext);
        try
        {
            await paced.WriteAsync(head);
            await paced.WriteAsync(name);
            var longestStall = httpContext.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.CallTimeout;
            await CopyAsync(paced, longestStall, httpContext.RequestAborted);
            await paced.WriteAsync("}"u8.ToArray());
        }
        catch (Exception exception)
        {
            if (!httpContext.RequestAborted.IsCancellationRequested)
                LogBroken(httpContext.RequestServices.GetRequiredService<ILogger<StoredProfileResult>>(), exception, resource.Id);
            httpContext.Abort();
        }
    }

    private async Task CopyAsync(PacedResponse response, TimeSpan longestStall, CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PacedResponse.ChunkSize);
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        try
        {
            for (var left = content.Length; left > 0; )
            {
                stalled.CancelAfter(longestStall);
                var count = await content.Stream.ReadAsync(buffer, stalled.Token);
                stalled.CancelAfter(Timeout.InfiniteTimeSpan);
                if (count is 0)
                    throw new EndOfStreamException($"S3 gave {left} bytes less than it had said.");
                await response.WriteAsync(buffer.AsMemory(0, count));
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [LoggerMessage(LogLevel.Error, "The result of profile {ProfileId} broke off on its way from S3 to its reader.")]
    private static partial void LogBroken(ILogger logger, Exception exception, ProfileId profileId);
}
