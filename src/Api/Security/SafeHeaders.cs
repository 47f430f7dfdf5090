namespace Api.Security;

internal static class SafeHeaders
{
    /// <summary>Lets no browser take an answer for something else than its Content-Type says: errors hold text of the request.</summary>
    public static void UseSafeHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                // At the last moment, for whatever answers an exception starts anew.
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
}
