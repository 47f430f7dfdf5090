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
        RegistryCredentials? account,
        CancellationToken cancellationToken
    )
    {
        var says = Parameter()
            .Matches(challenge.Parameter ?? "")
            .ToLookup(match => match.Groups["name"].Value.ToLowerInvariant(), match => match.Groups["value"].Value);
        if (!Uri.TryCreate(says["realm"].FirstOrDefault(), UriKind.Absolute, out var address))
        {
            throw new HttpRequestException("it does not say where tokens are");
        }

        List<KeyValuePair<string, string>> wanted = [new("scope", says["scope"].FirstOrDefault() ?? $"repository:{image.Repository}:pull")];
        if (says["service"].FirstOrDefault() is { } service)
        {
            wanted.Add(new("service", service));
        }

        var isGiven = account is not null && RegistryTrust.IsRealmOf(image.Registry, address);
        using var request = isGiven && account!.IsToken ? ByToken(address, wanted, account) : ByPassword(address, wanted);
        request.Headers.Authorization = isGiven ? account!.Basic : null;
        using var response = await http.SendAsync(request, cancellationToken);
        if (account is not null && !isGiven && !response.IsSuccessStatusCode)
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

    /// <summary>The address may have a query of its own, which stays: nvcr.io's does.</summary>
    private static HttpRequestMessage ByPassword(Uri address, IEnumerable<KeyValuePair<string, string>> wanted)
    {
        var query = string.Join('&', wanted.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return new(
            HttpMethod.Get,
            new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query }.Uri
        );
    }

    /// <summary>https://distribution.github.io/distribution/spec/auth/oauth/</summary>
    private static HttpRequestMessage ByToken(Uri address, IEnumerable<KeyValuePair<string, string>> wanted, RegistryCredentials account) =>
        new(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent([
                .. wanted,
                new("grant_type", "refresh_token"),
                new("client_id", "aspire"),
                new("refresh_token", account.Password),
            ]),
        };

    [GeneratedRegex("""(?<name>\w+)\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^\s",]+))""")]
    private static partial Regex Parameter();
}
