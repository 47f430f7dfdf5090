using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Testing;

namespace Api.Tests;

public sealed class ApiKeyTests(AwsEmulator aws)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the-right-ke")]
    [InlineData("the-right-keys")]
    [InlineData("THE-RIGHT-KEY")]
    public async Task Without_the_key_nothing_is_given_and_nothing_taken(string? key)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Stranger();
        if (key is not null)
            client.DefaultRequestHeaders.Add("X-Api-Key", key);

        foreach (
            var (method, address) in new[]
            {
                ("POST", "/profiles"),
                ("GET", "/profiles"),
                ("GET", $"/profiles/{new string('0', 32)}"),
                ("DELETE", $"/profiles/{new string('0', 32)}"),
            }
        )
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address)
            {
                Content = method == "POST" ? TestApi.Csv() : null,
            };
            using var response = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("ApiKey", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar/")]
    public async Task Health_and_description_are_open_to_anybody(string address)
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:ShowDescription", "true"));
        using var client = api.Stranger();

        using var response = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_browser_is_asked_for_the_key_as_a_password()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Stranger();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        using var refused = await client.GetAsync("/profiles");
        Assert.Contains(refused.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Basic");

        client.DefaultRequestHeaders.Authorization = Basic(TestApi.Key);
        using var response = await client.GetAsync("/profiles");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_password_that_a_browser_remembers_changes_nothing()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Stranger();
        client.DefaultRequestHeaders.Authorization = Basic(TestApi.Key);

        using var posted = await client.PostAsync("/profiles", TestApi.Csv());
        using var deleted = await client.DeleteAsync($"/profiles/{new string('0', 32)}");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (posted.StatusCode, deleted.StatusCode));
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YQ==")]
    public async Task A_malformed_password_is_a_wrong_one(string authorization)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Stranger();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var response = await client.GetAsync("/profiles");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Where_anybody_is_allowed_no_key_is_asked_for()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:Key", ""), ("Api:AllowAnonymous", "true"));
        using var client = api.Stranger();

        using var response = await client.GetAsync("/profiles");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static AuthenticationHeaderValue Basic(string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{key}")));
}
