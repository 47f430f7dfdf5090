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
            new Dictionary<string, RegistryCredentials> { ["docker.io"] = account, ["registry.example"] = account }
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
