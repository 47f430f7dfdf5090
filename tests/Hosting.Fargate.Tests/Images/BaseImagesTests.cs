using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>
/// What registries answer to the question which image a name stands for: https://distribution.github.io/distribution/spec/api/ and
/// https://distribution.github.io/distribution/spec/auth/token/.
/// </summary>
public sealed class BaseImagesTests
{
    private const string Single = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json"}""";
    private const string Several = """
        {"manifests":[
          {"digest":"sha256:aa","platform":{"os":"linux","architecture":"amd64"}},
          {"digest":"sha256:bb","platform":{"os":"linux","architecture":"arm64","variant":"v8"}},
          {"digest":"sha256:cc","platform":{"os":"unknown","architecture":"unknown"}},
          {"digest":"sha256:dd"}]}
        """;

    private readonly List<string> _asked = [];

    [Theory]
    [InlineData(Architecture.X64, "sha256:aa")]
    [InlineData(Architecture.Arm64, "sha256:bb")]
    public async Task Of_several_the_one_of_the_processor_is_taken(Architecture architecture, string digest) =>
        Assert.Equal(digest, await DigestAsync("registry.example/app:1", _ => Json(Several), architecture));

    [Fact]
    public async Task One_that_the_registry_does_not_name_is_named_by_its_content() =>
        Assert.Equal(
            $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Single)))}",
            await DigestAsync("registry.example/app:1", _ => Json(Single))
        );

    [Fact]
    public async Task One_that_is_pinned_is_not_asked_for()
    {
        Assert.Equal("sha256:ee", await DigestAsync("registry.example/app:1@sha256:ee", _ => Json(Several)));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Docker_Hub_gives_a_token_for_the_account_first()
    {
        var digest = await DigestAsync("nginx", request => request switch
            {
                { RequestUri.Host: "auth.docker.io", Headers.Authorization: { Scheme: "Basic", Parameter: "YW5uOnNlY3JldA==" } } => Json(
                    """{"token":"granted"}"""
                ),
                { RequestUri.Host: "registry-1.docker.io", Headers.Authorization: { Scheme: "Bearer", Parameter: "granted" } } => Json(
                    Several
                ),
                { RequestUri.Host: "registry-1.docker.io" } => Challenge(),
                _ => new(HttpStatusCode.BadRequest),
            });

        Assert.Equal("sha256:aa", digest);
        Assert.Equal(
            [
                "https://registry-1.docker.io/v2/library/nginx/manifests/latest",
                "https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io",
                "https://registry-1.docker.io/v2/library/nginx/manifests/latest",
            ],
            _asked
        );
    }

    /// <summary>What registries answer to whoever has no token; addresses of others are left out of it.</summary>
    [Theory]
    [InlineData(
        """Bearer realm="https://registry.example/token",service=registry.example""",
        "token?scope=repository%3Aapp%3Apull&service=registry.example"
    )]
    [InlineData(
        """Bearer realm="https://registry.example/auth?scope=repository:app:pull,push" """,
        "auth?scope=repository:app:pull,push&scope=repository%3Aapp%3Apull"
    )]
    [InlineData("""Basic realm="Registry", Bearer realm="https://registry.example/token",scope="*" """, "token?scope=%2A")]
    [InlineData("""bearer  realm="https://registry.example/token", Scope="aws", scope="other" """, "token?scope=aws")]
    public async Task A_challenge_is_read_however_it_is_written(string challenge, string asked)
    {
        var digest = await DigestAsync("registry.example/app:1", request =>
        {
            if (request.Headers.Authorization is { Scheme: "Bearer" })
            {
                return Json(Several);
            }

            if (!request.RequestUri!.AbsolutePath.StartsWith("/v2", StringComparison.Ordinal))
            {
                return Json("""{"access_token":"granted"}""");
            }

            var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            Assert.True(response.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge.Trim()));
            return response;
        });
        Assert.Equal("sha256:aa", digest);
        Assert.Equal($"https://registry.example/{asked}", _asked[1]);
    }

    [Fact]
    public async Task An_identity_token_asks_for_another_token_and_is_no_password()
    {
        string? sent = null;
        var digest = await DigestAsync("tokens.example/app:1", request =>
        {
            if (request.Headers.Authorization is { Scheme: "Bearer", Parameter: "granted" })
            {
                return Json(Several);
            }

            Assert.Null(request.Headers.Authorization);
            sent ??= request.Content is { } content
                ? new StreamReader(content.ReadAsStream(TestContext.Current.CancellationToken)).ReadToEnd()
                : null;
            return request.Method == HttpMethod.Post
                ? Json("""{"access_token":"granted"}""")
                : Challenge("https://tokens.example/oauth2/token");
        });
        Assert.Equal("sha256:aa", digest);
        Assert.Equal(
            "scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io&grant_type=refresh_token&client_id=aspire&refresh_token=identity",
            sent
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"manifests\":null}")]
    [InlineData("{\"manifests\":[{\"platform\":{}}]}")]
    [InlineData("<html>")]
    public async Task What_is_no_manifest_is_said(string body) =>
        Assert.Contains(
            "its registry cannot be asked: ",
            await RefusalAsync("registry.example/app:1", _ => Json(body)),
            StringComparison.Ordinal
        );

    /// <summary>What <c>docker login</c> and others write: https://github.com/docker/cli/tree/master/cli/config.</summary>
    [Theory]
    [InlineData("docker.io", """{"auths":{"https://index.docker.io/v1/":{"auth":"YW5uOnNlYzpyZXQ="}}}""", "ann", "sec:ret")]
    [InlineData("docker.io", """{"auths":{"docker.io":{"auth":"YW5uOnNlY3JldA=="}}}""", "ann", "secret")]
    [InlineData("ghcr.io", """{"auths":{"docker.io":{},"https://ghcr.io/v1/":{"auth":"YW5uOnNlY3JldA=="}}}""", "ann", "secret")]
    [InlineData("ghcr.io", """{"auths":{"ghcr.io":{"username":"ann","password":"secret"}}}""", "ann", "secret")]
    [InlineData("a.azurecr.io", """{"auths":{"a.azurecr.io":{"auth":"MDAwOg==","identitytoken":"identity"}}}""", "<token>", "identity")]
    [InlineData("ghcr.io", """{"auths":{"ghcr.io":{}},"HttpHeaders":{"User-Agent":"Docker-Client"}}""", null, null)]
    [InlineData("ghcr.io", """{"auths":{"notghcr.io":{"auth":"YW5uOnNlY3JldA=="}}}""", null, null)]
    [InlineData("ghcr.io", "{}", null, null)]
    public void The_account_of_a_registry_is_found(string registry, string settings, string? user, string? password)
    {
        var found = DockerCredentials.Read(settings, registry);
        Assert.Null(found.Helper);
        Assert.Equal((user, password), (found.Account?.User, found.Account?.Password));
    }

    [Theory]
    [InlineData(
        "docker.io",
        """{"credsStore":"desktop","auths":{"https://index.docker.io/v1/":{"auth":"?"}}}""",
        "desktop",
        "https://index.docker.io/v1/"
    )]
    [InlineData("gcr.io", """{"credsStore":"desktop","credHelpers":{"gcr.io":"gcloud"}}""", "gcloud", "gcr.io")]
    [InlineData("ghcr.io", """{"credsStore":"","credHelpers":{"gcr.io":"gcloud"}}""", null, "ghcr.io")]
    public void The_helper_of_a_registry_is_found(string registry, string settings, string? helper, string key) =>
        Assert.Equal((helper, key), (DockerCredentials.Read(settings, registry).Helper, DockerCredentials.Read(settings, registry).Key));

    [Fact]
    public void A_helper_may_warn_beside_its_answer()
    {
        var account = DockerCredentials.OfHelper(
            "WARNING: old\n{\n  \"ServerURL\": \"gcr.io\", \"Username\": \"ann\",\n  \"Secret\": \"secret\"\n}\n"
        );
        Assert.Equal(("ann", "secret"), (account?.User, account?.Password));
        Assert.Null(DockerCredentials.OfHelper("credentials not found in native keychain"));
    }

    [Theory]
    [InlineData("https://tokens.attacker.example/token")]
    [InlineData("https://auth.docker.io.attacker.example/token")]
    [InlineData("http://auth.docker.io/token")]
    public async Task A_password_goes_to_no_other_realm(string realm)
    {
        List<AuthenticationHeaderValue?> sent = [];
        var refusal = await RefusalAsync("nginx", request =>
        {
            sent.Add(request.Headers.Authorization);
            return request.RequestUri!.Host == "registry-1.docker.io" ? Challenge(realm) : new(HttpStatusCode.Unauthorized);
        });
        Assert.Equal([null, null], sent);
        Assert.Contains("its registry wants the password sent to ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_any_realm_will_do() =>
        Assert.Equal("sha256:aa", await DigestAsync("open.example/app:1", request => request.RequestUri!.Host == "tokens.example"
                    ? Json("""{"token":"granted"}""")
                : request.Headers.Authorization is { Scheme: "Bearer" } ? Json(Several)
                : Challenge("https://tokens.example/token")));

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", true)]
    [InlineData("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", true)]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", true)]
    [InlineData("123456789012.dkr-ecr.eu-west-1.on.aws", true)]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com.attacker.example", false)]
    [InlineData("123456789012.xdkr.ecr.eu-west-1.amazonaws.com", false)]
    [InlineData("x.dkr.ecr.attacker.example", false)]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443", false)]
    public void The_token_of_ECR_is_for_hosts_of_AWS_alone(string host, bool isEcr) => Assert.Equal(isEcr, RegistryTrust.IsEcr(host));

    [Theory]
    [InlineData("ghcr.io", "https://ghcr.io/token", true)]
    [InlineData("registry.gitlab.com", "https://gitlab.com/jwt/auth", true)]
    [InlineData("registry.shop.example", "https://gitlab.shop.example/jwt/auth", true)]
    [InlineData("registry.shop.example:5000", "https://registry.shop.example/auth", true)]
    [InlineData("docker.io", "https://auth.docker.io/token", true)]
    [InlineData("localhost:5000", "http://localhost:5001/token", true)]
    [InlineData("mine.azurecr.io", "https://other.azurecr.io/oauth2/token", false)]
    [InlineData("mine.azurecr.io", "https://azurecr.io/oauth2/token", false)]
    [InlineData("shop.example", "https://other.example/token", false)]
    [InlineData("ghcr.io", "https://notghcr.io/token", false)]
    [InlineData("ghcr.io", "https://io/token", false)]
    [InlineData("ghcr.io", "http://ghcr.io/token", false)]
    public void A_realm_is_the_registrys_own(string registry, string realm, bool isOwn) =>
        Assert.Equal(isOwn, RegistryTrust.IsRealmOf(registry, new Uri(realm)));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(null)]
    public async Task A_registry_that_fails_once_is_asked_again(HttpStatusCode? status)
    {
        var digest = await DigestAsync("registry.example/app:1", _ => _asked.Count > 1 ? Json(Several)
            : status is { } failure ? new(failure)
            : throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection reset"));
        Assert.Equal("sha256:aa", digest);
        Assert.Equal(2, _asked.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "its registry does not have it")]
    [InlineData(HttpStatusCode.Forbidden, "its registry lets nobody in without a password: docker login registry.example")]
    [InlineData(HttpStatusCode.BadRequest, "its registry answers 400")]
    public async Task What_it_refuses_is_asked_once_and_said(HttpStatusCode status, string reason)
    {
        Assert.Equal($"the base image registry.example/app:1: {reason}", await RefusalAsync("registry.example/app:1", _ => new(status)));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task An_account_that_gets_no_token_is_told_to_sign_in()
    {
        var refusal = await RefusalAsync("nginx", request =>
            request.RequestUri!.Host == "auth.docker.io" ? new(HttpStatusCode.Unauthorized) : Challenge()
        );
        Assert.Equal(
            "the base image docker.io/library/nginx:latest: its registry lets nobody in without a password: docker login docker.io",
            refusal
        );
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Too_many_requests_are_waited_out_a_little_and_then_said()
    {
        var refusal = await RefusalAsync("registry.example/app:1", _ => new(HttpStatusCode.TooManyRequests));
        Assert.EndsWith("its registry has had too many requests from here; docker login registry.example may raise the limit", refusal);
        Assert.Equal(4, _asked.Count);
    }

    [Fact]
    public async Task One_that_is_not_made_for_the_processor_is_said() =>
        Assert.EndsWith(
            "it is there, but not for linux/arm64",
            await RefusalAsync(
                "registry.example/app:1",
                _ => Json("""{"manifests":[{"digest":"sha256:aa","platform":{"os":"linux","architecture":"amd64"}}]}"""),
                Architecture.Arm64
            )
        );

    private async Task<string> RefusalAsync(
        string image,
        Func<HttpRequestMessage, HttpResponseMessage> answer,
        Architecture architecture = Architecture.X64
    ) => (await Assert.ThrowsAsync<BaseImageException>(() => DigestAsync(image, answer, architecture))).Message;

    private async Task<string> DigestAsync(
        string image,
        Func<HttpRequestMessage, HttpResponseMessage> answer,
        Architecture architecture = Architecture.X64
    )
    {
        using var http = new HttpClient(
            new Registry(request =>
            {
                _asked.Add(request.RequestUri!.AbsoluteUri);
                return answer(request);
            })
        );
        var account = new RegistryCredentials("ann", "secret");
        var images = new BaseImages(
            http,
            new Dictionary<string, RegistryCredentials>
            {
                ["docker.io"] = account,
                ["registry.example"] = account,
                ["tokens.example"] = RegistryCredentials.OfToken("identity"),
            }
        );
        return await images.FindDigestAsync(ImageName.Parse(image), architecture, TestContext.Current.CancellationToken);
    }

    private static HttpResponseMessage Json(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Challenge(string realm = "https://auth.docker.io/token")
    {
        var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Add(
            new AuthenticationHeaderValue(
                "Bearer",
                $"realm=\"{realm}\",service=\"registry.docker.io\",scope=\"repository:library/nginx:pull\""
            )
        );
        return response;
    }

    private sealed class Registry(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
