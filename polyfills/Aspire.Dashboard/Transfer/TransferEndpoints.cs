namespace Aspire.Dashboard.Transfer;

/// <summary>The download of what is kept; it is behind the cookie, as every page is.</summary>
internal static class TransferEndpoints
{
    public static void MapTransfer(this WebApplication app) =>
        app.MapGet("/telemetry.zip", async (HttpContext context, TelemetryExport export) =>
        {
            string? name = context.Request.Query["resource"];
            context.Response.ContentType = "application/zip";
            context.Response.Headers.ContentDisposition = "attachment; filename=\"telemetry.zip\"";
            context.Response.Headers.CacheControl = "no-store";
            await export.WriteAsync(string.IsNullOrEmpty(name) ? null : name, context.Response.BodyWriter.AsStream(), context.RequestAborted);
        });
}
