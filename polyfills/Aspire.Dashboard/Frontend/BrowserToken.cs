using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Dashboard.Frontend;

/// <summary>Tells who came through the login link: its token, then the cookie that stands for it.</summary>
/// <remarks>
/// The cookie is derived from the token and holds nothing else, so it ends with the token. Its name carries the port,
/// because cookies do not tell ports apart and two AppHosts may run at once.
/// </remarks>
internal sealed class BrowserToken(string? token)
{
    private readonly string _cookie = token is null
        ? string.Empty
        : Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "aspire-dashboard-browser"u8));

    public bool IsRequired => token is not null;

    public bool IsToken(string? candidate) => token is null || SecretComparison.AreEqual(candidate, token);

    public bool HasCookie(HttpContext context) =>
        token is null || SecretComparison.AreEqual(context.Request.Cookies[CookieName(context)], _cookie);

    public void GiveCookie(HttpContext context) =>
        context.Response.Cookies.Append(CookieName(context), _cookie, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(3),
            Path = "/",
            SameSite = SameSiteMode.Strict,
        });

    private static string CookieName(HttpContext context) => $"aspire-dashboard-{context.Connection.LocalPort}";
}
