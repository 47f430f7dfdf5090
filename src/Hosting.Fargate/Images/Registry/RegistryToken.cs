using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Images;

/// <summary>
/// The token that registries such as Docker Hub want, also from those who have no account: fetched where the registry says, with the
/// account's password only where that is the registry's own: https://distribution.github.io/distribution/spec/auth/token/.
/// </summary>
internal static partial class RegistryToken
{
    public static async Task<AuthenticationHeaderValue> GetAsync(
        HttpClient http,
        AuthenticationHeaderValue challenge,
        ImageName image,
        AuthenticationHeaderValue? account,
        CancellationToken cancellationToken
    )
    {
        var says = Parameter()
            .Matches(challenge.Parameter ?? "")
            .ToDictionary(match => match.Groups[1].Value.ToLowerInvariant(), match => match.Groups[2].Value);
        if (!says.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var address))
        {
            throw new HttpRequestException("it does not say where tokens are");
        }

        var scope = says.GetValueOrDefault("scope", $"repository:{image.Repository}:pull");
        var query =
            $"scope={Uri.EscapeDataString(scope)}"
            + (says.TryGetValue("service", out var service) ? $"&service={Uri.EscapeDataString(service)}" : "");
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { Query = query }.Uri);
        request.Headers.Authorization = RegistryTrust.IsRealmOf(image.Registry, address) ? account : null;
        using var response = await http.SendAsync(request, cancellationToken);
        if (account is not null && request.Headers.Authorization is null && !response.IsSuccessStatusCode)
        {
            throw new BaseImageException(
                image,
                $"its registry wants the password sent to {address.Scheme}://{address.Authority}, which is not its own or not private: it was not sent"
            );
        }

        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var token =
            answer.TryGetProperty("token", out var named) || answer.TryGetProperty("access_token", out named) ? named.GetString() : null;
        return new AuthenticationHeaderValue("Bearer", token ?? throw new HttpRequestException("it gives no token"));
    }

    [GeneratedRegex("""(\w+)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();
}
