using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hosting.Fargate.Images;

/// <summary>Which image a name stands for at the moment, as its registry says. Images built on another base are other images.</summary>
internal sealed class BaseImages(HttpClient http, IReadOnlyDictionary<string, RegistryCredentials> known)
{
    private static readonly string[] s_accepted =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly Dictionary<(ImageName, Architecture), Task<string>> _digests = [];

    /// <summary>The digest of an image for a processor.</summary>
    /// <exception cref="BaseImageException">The registry does not tell.</exception>
    public Task<string> FindDigestAsync(ImageName image, Architecture architecture, CancellationToken cancellationToken)
    {
        lock (_digests)
        {
            return _digests.TryGetValue((image, architecture), out var found)
                ? found
                : _digests[(image, architecture)] = AskAsync(image, architecture, cancellationToken);
        }
    }

    private async Task<string> AskAsync(ImageName image, Architecture architecture, CancellationToken cancellationToken)
    {
        if (image.Digest is { } pinned)
        {
            return pinned;
        }

        try
        {
            using var response = await RegistryFaults.WhenReading.ExecuteAsync(
                async token => await GetAsync(image, token),
                cancellationToken
            );
            if (!response.IsSuccessStatusCode)
            {
                throw new BaseImageException(
                    image,
                    response.StatusCode switch
                    {
                        HttpStatusCode.NotFound => "its registry does not have it",
                        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => LoginMissing(image),
                        HttpStatusCode.TooManyRequests =>
                            $"its registry has had too many requests from here; docker login {image.Registry} may raise the limit",
                        var status => $"its registry answers {(int)status}",
                    }
                );
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return OfPlatform(image, body, architecture)
                ?? (
                    response.Headers.TryGetValues("Docker-Content-Digest", out var digests)
                        ? digests.First()
                        : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}"
                );
        }
        catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new BaseImageException(image, LoginMissing(image));
        }
        catch (Exception exception)
            when (exception is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new BaseImageException(image, $"its registry cannot be asked: {exception.Message}");
        }
    }

    private static string LoginMissing(ImageName image) => $"its registry lets nobody in without a password: docker login {image.Registry}";

    /// <summary>The digest for a processor, where the image is a list of one for each; null where it is a single one.</summary>
    private static string? OfPlatform(ImageName image, byte[] body, Architecture architecture)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("manifests", out var manifests))
        {
            return null;
        }

        var wanted = architecture == Architecture.Arm64 ? "arm64" : "amd64";
        foreach (var manifest in manifests.EnumerateArray())
        {
            if (
                manifest.TryGetProperty("platform", out var platform)
                && platform.GetProperty("os").GetString() == "linux"
                && platform.GetProperty("architecture").GetString() == wanted
            )
            {
                return manifest.GetProperty("digest").GetString();
            }
        }

        throw new BaseImageException(image, $"it is there, but not for linux/{wanted}");
    }

    private async Task<HttpResponseMessage> GetAsync(ImageName image, CancellationToken cancellationToken)
    {
        var host = image.Registry is "docker.io" or "index.docker.io" ? "registry-1.docker.io" : image.Registry;
        Uri Address(string scheme) => new($"{scheme}://{host}/v2/{image.Repository}/manifests/{image.Tag}");
        try
        {
            return await GetAsync(image, Address("https"), cancellationToken);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError
                && IsInsecure(host)
            )
        {
            return await GetAsync(image, Address("http"), cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(ImageName image, Uri address, CancellationToken cancellationToken)
    {
        var response = await SendAsync(address, authorization: null, cancellationToken);
        var challenges = response.Headers.WwwAuthenticate.ToList();
        if (response.StatusCode != HttpStatusCode.Unauthorized || challenges.Count == 0)
        {
            return response;
        }

        response.Dispose();
        var credentials =
            !RegistryTrust.IsPrivate(address) ? null
            : known.TryGetValue(image.Registry, out var ours) ? ours
            : await DockerCredentials.FindAsync(image.Registry, cancellationToken);
        return challenges.Find(challenge => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) is { } bearer
            ? await SendAsync(address, await RegistryToken.GetAsync(http, bearer, image, credentials, cancellationToken), cancellationToken)
            : await SendAsync(address, credentials?.Basic, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(Uri address, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = authorization;
        foreach (var type in s_accepted)
        {
            request.Headers.Accept.ParseAdd(type);
        }

        return http.SendAsync(request, cancellationToken);
    }

    /// <summary>Whether a registry may be asked without TLS: the rule of the SDK's container build.</summary>
    private static bool IsInsecure(string host) =>
        host.Split(':')[0] == "localhost"
        || (Environment.GetEnvironmentVariable("DOTNET_CONTAINER_INSECURE_REGISTRIES") ?? "")
            .Split([',', ';'], StringSplitOptions.TrimEntries)
            .Contains(host);
}

/// <summary>A base image that nothing can be built on.</summary>
internal sealed class BaseImageException(ImageName image, string reason) : Exception($"the base image {image}: {reason}");
