using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Deploying.Images;

/// <summary>The token that registries such as Docker Hub want, also from those who have no account: fetched where the registry says.</summary>
internal static partial class RegistryToken
{
    public static async Task<AuthenticationHeaderValue> GetAsync(
        HttpClient http, AuthenticationHeaderValue challenge, ImageName image, AuthenticationHeaderValue? account, CancellationToken cancellationToken)
    {
        var says = Parameter().Matches(challenge.Parameter ?? "").ToDictionary(match => match.Groups[1].Value.ToLowerInvariant(), match => match.Groups[2].Value);
        if (!says.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var address))
        {
            throw new HttpRequestException("it does not say where tokens are");
        }

        var scope = says.GetValueOrDefault("scope", $"repository:{image.Repository}:pull");
        var query = $"scope={Uri.EscapeDataString(scope)}" + (says.TryGetValue("service", out var service) ? $"&service={Uri.EscapeDataString(service)}" : "");
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { Query = query }.Uri);
        request.Headers.Authorization = account;
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var token = answer.TryGetProperty("token", out var named) || answer.TryGetProperty("access_token", out named) ? named.GetString() : null;
        return new AuthenticationHeaderValue("Bearer", token ?? throw new HttpRequestException("it gives no token"));
    }

    [GeneratedRegex("""(\w+)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();
}
