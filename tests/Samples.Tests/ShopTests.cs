using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Microsoft.Playwright;
using Testing;
using Testing.Docker;
using static Microsoft.Playwright.Assertions;

namespace Samples.Tests;

/// <summary>The sample's published tasks answer, behind what stands in for the load balancer.</summary>
public sealed partial class ShopTests(ShopTasks shop) : IClassFixture<ShopTasks>
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public void A_task_of_the_deploy_makes_the_database_and_a_changed_password_reaches_it_and_the_services_in_the_next_deploy()
    {
        shop.SkipWhereMissing();
        Assert.Equal((0, "order-db is made\n"), shop.Made);
        Assert.Contains("order-db", shop.Databases);

        // The server has its new password, and nobody else until the next deploy.
        Assert.NotEqual(0, shop.Refused.ExitCode);
        Assert.Contains("password authentication failed", shop.Refused.Log, StringComparison.Ordinal);
        Assert.Equal((0, "order-db is there\n"), shop.MadeAgain);
        Assert.All(shop.Deployments.Values, deployments => Assert.NotEqual(deployments.First, deployments.Second));
    }

    [Fact]
    public async Task A_user_of_a_database_owns_what_the_first_one_has_made_in_it_and_has_no_way_to_another()
    {
        shop.SkipWhereMissing();

        // As the first user of RDS, who is no superuser.
        await shop.Servers.BesideDatabaseAsync("psql -c 'create role boss login createdb createrole'", ("PGUSER", "postgres"));
        Task<string> MakeAsync(string password) =>
            shop.Servers.BesideDatabaseAsync(
                DatabaseClient.Psql.Making.Script(hasOwners: true),
                ("PGUSER", "boss"),
                ("PGDATABASE", "postgres"),
                ("DATABASE_1", "the books"),
                ("SCRIPT_1", "create database \"the books\";\n\\c \"the books\"\ncreate schema old; create table old.shelf (id serial);"),
                ("USER_1", "reader"),
                ("PASSWORD_1", password),
                ("DATABASE_2", "stock"),
                ("USER_2", "keeper"),
                ("PASSWORD_2", "Word-2")
            );
        Task<string> SayAsync(string password, string database, string statement) =>
            shop.Servers.BesideDatabaseAsync(
                "psql -XqtA -c \"$STATEMENT\" 2>&1 || true",
                ("PGHOST", "127.0.0.1"),
                ("PGSSLMODE", "require"),
                ("PGUSER", "reader"),
                ("PGPASSWORD", password),
                ("PGDATABASE", database),
                ("STATEMENT", statement)
            );

        Assert.EndsWith(
            "the books has the user reader\nstock is made\nstock has the user keeper",
            await MakeAsync("Word-1"),
            StringComparison.Ordinal
        );
        Assert.Equal("", await SayAsync("Word-1", "the books", "alter table old.shelf add place int; create table public.more ()"));
        Assert.Contains("permission denied for database", await SayAsync("Word-1", "stock", "select 1"), StringComparison.Ordinal);

        // In the next deploy, with another password.
        Assert.Equal(
            "the books is there\nthe books has the user reader\nstock is there\nstock has the user keeper",
            await MakeAsync("Word-3")
        );
        Assert.Contains("password authentication failed", await SayAsync("Word-1", "the books", "select 1"), StringComparison.Ordinal);
        Assert.Equal("1", await SayAsync("Word-3", "the books", "select 1"));
    }

    [Fact]
    public async Task An_order_goes_from_the_page_by_api_database_cache_and_queue_to_the_dispatch()
    {
        shop.SkipWhereMissing();
        await using var balancer = await BehindAsync(shop.Api);
        using var http = new HttpClient { BaseAddress = balancer.Address };

        // The front end's files are in the api's image.
        var page = await http.GetStringAsync("/");
        Assert.Contains("<h1>Shop</h1>", page, StringComparison.Ordinal);
        var script = Script().Match(page).Value;
        Assert.Contains("fetch('/api/orders'", await http.GetStringAsync(script), StringComparison.Ordinal);

        using var ordered = await http.PostAsJsonAsync("/api/orders", new { article = "lamp", count = 2 });
        Assert.Equal(HttpStatusCode.Created, ordered.StatusCode);
        var id = (long)JsonNode.Parse(await ordered.Content.ReadAsStringAsync())!["id"]!;
        await Eventually.GetAsync(
            async () =>
            {
                var orders = JsonNode.Parse(await http.GetStringAsync("/api/orders"))!.AsArray();
                return orders.Single(order => (long)order!["id"]! == id)!["state"]!.ToString() == "sent" ? "sent" : null;
            },
            "the order is sent"
        );
        Assert.All(balancer.Requests, requests => Assert.True(requests > 0));
    }

    [Fact]
    public async Task Who_signs_in_on_one_task_is_known_to_the_other_and_a_form_of_one_is_taken_by_the_other()
    {
        shop.SkipWhereMissing();
        await using var balancer = await BehindAsync(shop.Office);
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = balancer.Address,
        };

        // Each request goes to the other task than the one before it.
        var login = await http.GetStringAsync("/login");
        using var signedIn = await http.PostAsync("/login", Form(login, ("Input.Name", "Ada")));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        for (var turn = 0; turn < 2; turn++)
        {
            var orders = await http.GetStringAsync("/");
            Assert.Contains("Signed in as Ada.", orders, StringComparison.Ordinal);
            using var posted = await http.PostAsync("/", Form(orders, ("Input.Id", "0")));
            Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        }

        Assert.All(balancer.Requests, requests => Assert.Equal(3, requests));
    }

    [Fact]
    public async Task A_browser_has_the_shop_and_its_back_office_over_HTTPS_by_CloudFront()
    {
        shop.SkipWhereMissing();
        Assert.SkipUnless(File.Exists(Chromium), $"There is no {Chromium}: install with apt-get install chromium.");
        await WaitUntilHealthyAsync([shop.Api[0], shop.Office[0]]);
        await using var edge = await ShopEdge.StartAsync(shop.Template, shop.Api[0], shop.Office[0]);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
            }
        );
        await using var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        context.SetDefaultTimeout(60_000);
        SetDefaultExpectTimeout(60_000);

        // The page calls its API under its own name, and an address that is the page's own is one when it is loaded anew.
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(edge.Shop, "/orders/latest").ToString());
        Assert.Equal(200, (await page.ReloadAsync())!.Status);
        await page.GetByLabel("Article").FillAsync("table");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ordered.");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "1 × table" })).ToBeVisibleAsync();

        // Who signs in has a cookie that goes over HTTPS alone, and a connection that stays: a WebSocket.
        var office = await context.NewPageAsync();
        var socket = office.WaitForWebSocketAsync();
        await office.GotoAsync(edge.Office.ToString());
        await office.GetByLabel("Name").FillAsync("Ada");
        await office.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(office.GetByText("Signed in as Ada.")).ToBeVisibleAsync();
        await Expect(office.GetByText("Connected; 2 s on this page.")).ToBeVisibleAsync();
        Assert.StartsWith("wss://", (await socket).Url, StringComparison.Ordinal);
        var cookie = Assert.Single(await context.CookiesAsync(), cookie => cookie.Name.Contains("Cookies", StringComparison.Ordinal));
        Assert.True(cookie.Secure && cookie.HttpOnly, $"{cookie.Name} is not Secure and HttpOnly.");

        // Where there are no WebSockets it stays by long polls.
        var poll = await context.NewPageAsync();
        await poll.AddInitScriptAsync("delete window.WebSocket");
        await poll.GotoAsync(edge.Office.ToString());
        await Expect(poll.GetByText("Connected; 2 s on this page.")).ToBeVisibleAsync();

        // There is no way round: the load balancer has addresses inside of the network alone.
        Assert.Equal("internal", shop.Template.At("Resources", "LoadBalancer", "Properties", "Scheme").AsText());
    }

    private static async Task<LoadBalancer> BehindAsync(TaskContainer[] tasks)
    {
        await WaitUntilHealthyAsync(tasks);
        return await LoadBalancer.StartAsync([.. tasks.Select(ShopTasks.AddressOf)]);
    }

    private static async Task WaitUntilHealthyAsync(TaskContainer[] tasks)
    {
        using var http = new HttpClient();
        foreach (var task in tasks)
        {
            await Eventually.GetAsync(
                async () =>
                {
                    try
                    {
                        using var health = await http.GetAsync(new Uri(ShopTasks.AddressOf(task), "/health"));
                        return health.IsSuccessStatusCode ? "healthy" : null;
                    }
                    catch (HttpRequestException)
                    {
                        Assert.True(await task.IsRunningAsync(), await task.LogsAsync());
                        return null;
                    }
                },
                $"{task.Definition.Name} is healthy"
            );
        }
    }

    /// <summary>A form of a page, with what the page hides in it.</summary>
    private static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] fields) =>
        new([
            .. Hidden()
                .Matches(page)
                .Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value))),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);

    [GeneratedRegex("""/assets/main-[0-9a-f]{8}\.js""")]
    private static partial Regex Script();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}
