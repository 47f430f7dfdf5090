using Microsoft.AspNetCore.Mvc;

namespace Aspire.Dashboard.Frontend;

/// <summary>Exchanges the token for the cookie, from the login link and from the login page's form.</summary>
internal static class LoginEndpoints
{
    /// <summary>Answers requests without the cookie: the login page and what it is drawn with, nothing else.</summary>
    public static void UseBrowserToken(this WebApplication app, BrowserToken token) =>
        app.Use(async (context, next) =>
        {
            var path = context.Request.Path;
            if (path == "/login" && HttpMethods.IsGet(context.Request.Method)
                && context.Request.Query.TryGetValue("t", out var candidate))
            {
                EnterOrRefuse(context, token, candidate, context.Request.Query["returnUrl"]);
            }
            else if (token.HasCookie(context))
            {
                if (path == "/login")
                {
                    context.Response.Redirect("/");
                    return;
                }

                await next(context);
            }
            else if (path == "/login" || EmbeddedAssets.IsForLogin(path))
            {
                await next(context);
            }
            else if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html"))
            {
                context.Response.Redirect("/login?returnUrl=" + Uri.EscapeDataString(path + context.Request.QueryString));
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
        });

    public static void MapLogin(this WebApplication app, BrowserToken token) =>
        app.MapPost("/login", (HttpContext context, [FromForm(Name = "token")] string? candidate, [FromForm] string? returnUrl) =>
            EnterOrRefuse(context, token, candidate?.Trim(), returnUrl));

    private static void EnterOrRefuse(HttpContext context, BrowserToken token, string? candidate, string? returnUrl)
    {
        var target = IsLocal(returnUrl) ? returnUrl! : "/";
        if (token.IsToken(candidate))
        {
            token.GiveCookie(context);
            context.Response.Redirect(target);
        }
        else
        {
            context.Response.Redirect("/login?failed=true&returnUrl=" + Uri.EscapeDataString(target));
        }
    }

    private static bool IsLocal(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal)
        && !url.Any(char.IsControl);
}
