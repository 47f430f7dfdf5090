using System.Net;

namespace Aspire.Dashboard.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private DashboardServer _dashboard = null!;

    public async ValueTask InitializeAsync() =>
        _dashboard = await DashboardServer.StartAsync(new DashboardOptions { BrowserToken = "the-token" }, SampleModel.Create(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _dashboard.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("traces")]
    [InlineData("consolelogs?resource=api")]
    [InlineData("data")]
    [InlineData("deployed")]
    [InlineData("telemetry.zip")]
    [InlineData("_blazor/negotiate")]
    [InlineData("not-found")]
    public async Task Without_the_cookie_nothing_answers(string path)
    {
        using var response = await SendAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using var page = await SendAsync(path, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.StartsWith("/login?", page.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_login_link_gives_a_cookie_that_scripts_cannot_read_and_that_opens_the_pages()
    {
        using var login = await SendAsync("login?t=the-token");
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain("the-token", cookie);

        using var page = await SendAsync("", ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("worker-1", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("login?t=wrong")]
    [InlineData("login?t=")]
    public async Task A_wrong_token_gives_no_cookie(string path)
    {
        using var response = await SendAsync(path);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("/login?failed=true", response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task The_login_never_leads_elsewhere(string returnUrl)
    {
        using var response = await SendAsync("login?t=the-token&returnUrl=" + Uri.EscapeDataString(returnUrl));
        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_login_form_wants_its_antiforgery_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_dashboard.FrontendUrl, "login"))
        {
            Content = new FormUrlEncodedContent([new("token", "the-token")]),
        };
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_name_that_was_rebound_to_loopback_and_a_foreign_origin_are_refused()
    {
        using var rebound = await SendAsync("login?t=the-token", ("Host", $"evil.example:{_dashboard.FrontendUrl.Port}"));
        Assert.Equal(HttpStatusCode.BadRequest, rebound.StatusCode);
        using var foreign = await SendAsync("_blazor", ("Origin", "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.0.2.1:0")]
    [InlineData("https://localhost:0")]
    public async Task Only_loopback_is_listened_at(string url)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => DashboardServer.StartAsync(
            new DashboardOptions { FrontendUrl = new Uri(url) }, SampleModel.Create(), TestContext.Current.CancellationToken));
        Assert.Contains("loopback only", error.Message);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_and_not_another_port()
    {
        await Assert.ThrowsAnyAsync<IOException>(() => DashboardServer.StartAsync(
            new DashboardOptions { FrontendUrl = new Uri($"http://127.0.0.1:{_dashboard.FrontendUrl.Port}") }, SampleModel.Create(), TestContext.Current.CancellationToken));
    }

    private Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_dashboard.FrontendUrl, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request);
    }
}
