using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd;

[Collection(RunningApplication.Collection)]
public sealed class ProfileTests(RunningApplication running)
{
    private ReferenceApplication Application => running.Application;

    [Fact]
    public async Task A_posted_csv_becomes_a_profile()
    {
        var address = await Application.PostAsync(
            "name,age,born\nAda,36,1815-12-10\nAlan,41,1912-06-23\nGrace,85,1906-12-09\nAnonymous,,\n"
        );
        var end = await Application.EndOfAsync(address);

        Assert.Equal("done", (string?)end["state"]);
        var profile = end["profile"]!;
        Assert.Equal(4, (long)profile["rows"]!);
        var age = profile["columns"]![1]!;
        Assert.Equal(("age", "integer", 3, 1), ((string?)age["name"], (string?)age["type"], (int)age["count"]!, (int)age["nulls"]!));
        Assert.Equal(("36", "85"), ((string?)age["min"], (string?)age["max"]));
        Assert.Equal(54.0, (double)age["mean"]!, 1e-9);
        Assert.Equal(26.962937525425527, (double)age["standardDeviation"]!, 1e-9);
        Assert.Equal("timestamp", (string?)profile["columns"]![2]!["type"]);
    }

    [Fact]
    public async Task A_profile_is_a_page_for_a_browser()
    {
        var address = await Application.PostAsync("colour\nred\nred\n<script>alert(1)</script>\n");
        await Application.EndOfAsync(address);

        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept", "text/html" } } };
        using var response = await Application.Api.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<svg", page);
        Assert.Contains("&lt;script&gt;alert(1)", page);
        Assert.DoesNotContain("<script>alert(1)", page);
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        using var client = new HttpClient { BaseAddress = Application.Api.BaseAddress };
        using var without = await client.GetAsync("/profiles");
        client.DefaultRequestHeaders.Add("X-Api-Key", ReferenceApplication.ApiKey + "x");
        using var wrong = await client.GetAsync("/profiles");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (without.StatusCode, wrong.StatusCode));
    }

    public static TheoryData<string, byte[], string> HardFiles =>
        new()
        {
            { "quoted commas and newlines", Utf8("a,b\n\"1,5\",\"x\ny\"\n\"\"\"q\"\"\",z\n"), "done 2" },
            { "carriage returns and a byte order mark", [0xEF, 0xBB, 0xBF, .. Utf8("a,b\r\n1,2\r\n3,4\r\n")], "done 2" },
            { "ragged rows", Utf8("a,b,c\n1\n1,2,3,4\n1,2,3\n"), "done 3" },
            { "a header alone", Utf8("a,b,c\n"), "done 0" },
            { "one column", Utf8("a\n1\n2\n3"), "done 3" },
            {
                "ten thousand columns",
                Utf8(
                    $"{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}"))}\n{string.Join(',', Enumerable.Range(0, 10_000))}\n"
                ),
                "done 1"
            },
            { "a field of ten megabytes", Utf8($"a,b\n{new string('x', 10 << 20)},1\n2,3\n"), "done 2" },
            { "invalid UTF-8", [.. Utf8("a,b\n"), 0xC3, 0x28, (byte)',', 0xFF, (byte)'\n'], "done 1" },
            { "NULs", Utf8("a,b\n1,\0\n\0\0,2\n"), "done 2|failed" },
            { "a PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[500]], "failed" },
            { "an unterminated quote", Utf8("a,b\n1,\"2\n3,4\n"), "done 1|failed" },
        };

    [Theory]
    [MemberData(nameof(HardFiles), DisableDiscoveryEnumeration = true)]
    public async Task A_hard_file_ends_in_a_profile_or_a_clear_failure(string kind, byte[] csv, string expected)
    {
        var end = await Application.EndOfAsync(await Application.PostAsync(new ByteArrayContent(csv)));
        var state = (string?)end["state"];
        var outcome = state == "done" ? $"done {end["profile"]!["rows"]}" : state;
        Assert.True(
            expected.Split('|').Contains(outcome),
            $"{kind}: {outcome}, not {expected}: {end.ToJsonString()[..Math.Min(400, end.ToJsonString().Length)]}"
        );
        if (state == "failed")
            Assert.False(string.IsNullOrWhiteSpace((string?)end["error"]), $"{kind}: failed without a reason");
    }

    [Fact]
    public async Task An_empty_body_is_a_bad_request()
    {
        using var content = new ByteArrayContent([]) { Headers = { { "Content-Type", "text/csv" } } };
        using var response = await Application.Api.PostAsync("/profiles", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/profiles/..%2f..%2fetc%2fpasswd")]
    [InlineData("/profiles/%252e%252e")]
    [InlineData("/profiles/00000000-0000-0000-0000-000000000000%2f..")]
    public async Task An_id_cannot_leave_its_folder(string path)
    {
        using var response = await Application.Api.GetAsync(path);
        Assert.True((int)response.StatusCode is 400 or 404, $"{path}: {response.StatusCode}");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
