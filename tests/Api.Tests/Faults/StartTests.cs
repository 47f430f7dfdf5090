using System.Net;
using Testing;

namespace Api.Tests.Faults;

public sealed class StartTests(AwsEmulator aws)
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Without_a_key_it_does_not_start_outside_Development_and_says_what_to_set(string environment)
    {
        var (exitCode, errors) = await ApiProcess.RunAsync(
            await aws.CreateResourcesAsync(),
            aws.Url,
            ("ASPNETCORE_ENVIRONMENT", environment),
            ("Api__Key", " ")
        );

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Api:Key is not set, and the environment is {environment}", errors);
        Assert.Contains("Api__Key", errors);
        Assert.Contains("Api:AllowAnonymous", errors);
        Assert.DoesNotContain(" at ", errors);
    }

    [Fact]
    public async Task Where_the_settings_say_so_it_serves_anybody()
    {
        await using var api = await ApiProcess.StartAsync(
            await aws.CreateResourcesAsync(),
            aws.Url,
            ("Api__Key", ""),
            ("Api__AllowAnonymous", "true")
        );
        using var stranger = new HttpClient { BaseAddress = api.Address };

        using var response = await stranger.GetAsync("/profiles");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_wait_that_the_load_balancer_would_cut_off_keeps_it_from_starting()
    {
        var (exitCode, errors) = await ApiProcess.RunAsync(
            await aws.CreateResourcesAsync(),
            aws.Url,
            ("Api__Key", TestApi.Key),
            ("Api__MaxWait", "00:00:55")
        );

        Assert.Equal(1, exitCode);
        Assert.StartsWith("Api:MaxWait must be at least ten seconds less than Api:ProxyTimeout", errors);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar/")]
    [InlineData("/")]
    public async Task In_production_it_does_not_describe_itself(string address)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();

        using var response = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/profiles", HttpStatusCode.OK)]
    [InlineData("/profiles?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("/profiles/nothing", HttpStatusCode.NotFound)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task No_answer_is_taken_for_something_else(string address, HttpStatusCode status)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();

        using var response = await client.GetAsync(address);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }
}
