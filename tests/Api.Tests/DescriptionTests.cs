using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Testing;

namespace Api.Tests;

public sealed class DescriptionTests(AwsEmulator aws)
{
    [Fact]
    public async Task The_document_describes_every_operation_and_all_that_it_answers()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:ShowDescription", "true"));
        using var client = api.Stranger();

        var document = (await client.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;

        Assert.Equal("CreateProfile: 202 400 401 408 413 415 429 503", Operation(document, "/profiles", "post"));
        Assert.Equal("ListProfiles: 200 400 401 429 503", Operation(document, "/profiles", "get"));
        Assert.Equal("GetProfile: 200 304 400 401 404 429 503", Operation(document, "/profiles/{id}", "get"));
        Assert.Equal("DeleteProfile: 204 401 404 429 503", Operation(document, "/profiles/{id}", "delete"));
        Assert.Equal(4, document["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count));
        Assert.NotNull(document["paths"]!["/profiles"]!["post"]!["requestBody"]!["content"]!["text/csv"]!["example"]);
        Assert.Equal("X-Api-Key", (string?)document["components"]!["securitySchemes"]!["ApiKey"]!["name"]);
        Assert.Equal("^[0-9a-f]{32}$", (string?)document["components"]!["schemas"]!["ProfileId"]!["pattern"]);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:ShowDescription", "true"));
        using var client = api.Stranger();

        var page = await client.GetStringAsync("/scalar/");
        Assert.DoesNotMatch(new Regex("(src|href)=[\"']?(https?:)?//"), page);
        var scripts = Regex.Matches(page, "<script[^>]*src=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            using var response = await client.GetAsync(new Uri(new Uri(client.BaseAddress!, "/scalar/"), script));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_root_leads_to_the_page()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:ShowDescription", "true"));
        using var client = api.Stranger();

        using var response = await client.GetAsync("/");
        Assert.Equal("/scalar", response.Headers.Location?.ToString());
    }

    private static string Operation(JsonNode document, string path, string method)
    {
        var operation = document["paths"]![path]![method]!;
        Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)operation["description"]));
        return $"{operation["operationId"]}: {string.Join(' ', operation["responses"]!.AsObject().Select(response => response.Key).Order())}";
    }
}
