using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Api.Uploads;

internal static class UploadExtensions
{
    // A sender that is slower is no sender. What a part may take, and who gives way, UploadMemory and PartBuffer decide.
    private static readonly MinDataRate SlowestUpload = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(10));
    private const long LargestReadAhead = 128 << 10;

    /// <summary>Adds what takes files, and the limits of the server that belong to it.</summary>
    public static void AddUploads(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UploadMemory>();
        builder.Services.AddSingleton<SourceUploader>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // SourceUploader counts: Kestrel would break the connection in mid-body, and the sender never see the answer.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = SlowestUpload;
            // What Kestrel reads of a body before it is asked to is memory too, for each upload that waits.
            kestrel.Limits.MaxRequestBufferSize = LargestReadAhead;
        });
    }
}
