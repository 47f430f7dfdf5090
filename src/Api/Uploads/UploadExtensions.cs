using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Api.Uploads;

internal static class UploadExtensions
{
    // An upload holds a buffer while it is read: one that creeps would keep others waiting.
    private static readonly MinDataRate SlowestUpload = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Adds what takes files, and the limits of the server that belong to it.</summary>
    public static void AddUploads(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PartBuffers>();
        builder.Services.AddSingleton<SourceUploader>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // SourceUploader counts: Kestrel would break the connection in mid-body, and the sender never see the answer.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = SlowestUpload;
        });
    }
}
