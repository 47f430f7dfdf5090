using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Api.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Api.Security;

/// <summary>
/// Knows a caller by the header <c>X-Api-Key</c>. For reading in a browser, which cannot be told to send that header, the key may also be
/// the password of HTTP Basic authentication; for writing it may not, since a browser sends that one without being asked.
/// </summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions,
    IOptionsMonitor<ApiOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "X-Api-Key";

    private const string Basic = "Basic";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var current = options.CurrentValue;
        if (current.IsOpen() || GivenKey() is { } given && AreEqual(given, current.Key!))
        {
            var caller = new ClaimsPrincipal(new ClaimsIdentity(authenticationType: SchemeName));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName)));
        }

        return Task.FromResult(AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append("WWW-Authenticate", $"{SchemeName} realm=\"profiles\", header=\"{HeaderName}\"");
        if (IsReading && Request.PrefersHtml())
            Response.Headers.Append(
                "WWW-Authenticate",
                $"{Basic} realm=\"profiles: any name, and the API key as the password\", charset=\"UTF-8\""
            );
        return Problems.Unauthorized(GivenKey() is null).ExecuteAsync(Context);
    }

    private bool IsReading => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    private string? GivenKey() =>
        Request.Headers.TryGetValue(HeaderName, out var values) ? values.ToString()
        : IsReading ? BasicPassword()
        : null;

    private string? BasicPassword()
    {
        if (
            !AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, Basic, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { } parameter
        )
            return null;

        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
            return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    // Hashes have the same length, so that not even the key's length shows in the time this takes.
    private static bool AreEqual(string given, string key) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)),
            SHA256.HashData(Encoding.UTF8.GetBytes(key))
        );
}
