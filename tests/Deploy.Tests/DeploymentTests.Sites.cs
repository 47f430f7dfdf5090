namespace Deploy.Tests;

/// <summary>Front ends that are files.</summary>
public sealed partial class DeploymentTests
{
    private const string Bucket = "shop-web-123456789012-us-east-1";

    [Fact]
    public async Task A_site_is_built_first_sent_once_and_switched_last()
    {
        var folder = Directory.CreateTempSubdirectory("site-");
        try
        {
            var shop = new Shop(Aws, "worker edge").With("Model__Site", folder.FullName);

            // What does not build changes nothing.
            await BuildingAsync(folder, "echo 'src/app.ts: no such module' >&2; exit 3");
            (await shop.DeployAsync())
                .EndedWith(1)
                .Says(
                    "The files of 'web' are not built: sh build.sh",
                    "ended with 3",
                    "| src/app.ts: no such module",
                    "Nothing was changed."
                );
            Assert.Null(await account.StackAsync("shop-foundation"));

            await ReleasingAsync(folder, "one", "Ab12Cd34");
            await Aws.ForgetCallsAsync();
            (await shop.DeployAsync()).EndedWith(0).Says("Sites to switch: web (3 of 3 files)", "Address of web", "https://d");
            var order = (await account.CallsAsync()).Select(NameOf).ToList();
            Assert.True(
                order.IndexOf("PUT /files/assets/app-Ab12Cd34.js") < order.LastIndexOf("ExecuteChangeSet"),
                string.Join('\n', order)
            );
            Assert.True(order.LastIndexOf("ExecuteChangeSet") < order.IndexOf("PUT /files/logo.svg"), string.Join('\n', order));
            Assert.True(order.IndexOf("PUT /files/logo.svg") < order.IndexOf("PUT /files/index.html"), string.Join('\n', order));
            Account.AssertOwnersAreSaid(await account.CallsAsync());
            Assert.Equal(0, await account.CountAsync("CreateInvalidation"));
            Assert.Equal(
                ("public, max-age=31536000, immutable", "text/javascript; charset=utf-8"),
                await HeadersAsync("assets/app-Ab12Cd34.js")
            );
            Assert.Equal(("no-cache", "text/html; charset=utf-8"), await HeadersAsync("index.html"));
            Assert.Equal("title 1.0 one", await ReadAsync("index.html"));

            Assert.Equal([], await SentAsync(shop, "Changed for shop", "nothing"));

            // Another release: what is new is sent, and of what CloudFront may have kept it is told.
            await ReleasingAsync(folder, "two", "Ef56Gh78");
            Assert.Equal(
                ["PUT /files/assets/app-Ef56Gh78.js", "CreateInvalidation /index.html /logo.svg"],
                (await SentAsync(shop, "web (3 of 3 files)"))
                    .Where(call => !call.EndsWith("html", StringComparison.Ordinal))
                    .Where(Is("assets", "Create"))
            );

            // Back again: the old assets are there still.
            await ReleasingAsync(folder, "one", "Ab12Cd34");
            Assert.Equal(
                ["PUT /files/logo.svg", "PUT /files/index.html", "CreateInvalidation /index.html /logo.svg"],
                await SentAsync(shop, "web (2 of 3 files)")
            );
            Assert.Contains("immutable", (await HeadersAsync("assets/app-Ef56Gh78.js")).Cache, StringComparison.Ordinal);
            (await shop.RunAsync("status")).EndedWith(0).Says("web: release ", "of 2 kept in " + Bucket);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_rollout_that_fails_leaves_pages_as_they_were_and_what_was_cut_off_is_done_again()
    {
        var folder = Directory.CreateTempSubdirectory("site-");
        try
        {
            await ReleasingAsync(folder, "one", "Ab12Cd34");
            var shop = await new Shop(Aws, "worker edge").With("Model__Site", folder.FullName).DeployedAsync();

            await ReleasingAsync(folder, "two", "Ef56Gh78");
            await Aws.FailTasksAsync(
                new
                {
                    service = "worker",
                    kind = "Exit",
                    exitCode = 1,
                }
            );
            (await shop.With("Model__Tags__worker", "1.1").DeployAsync()).EndedWith(1);
            await Aws.RemoveRulesAsync();
            Assert.Equal("title 1.0 one", await ReadAsync("index.html"));
            Assert.Contains("immutable", (await HeadersAsync("assets/app-Ef56Gh78.js")).Cache, StringComparison.Ordinal);
            Assert.Equal(
                ["PUT /files/logo.svg", "PUT /files/index.html", "CreateInvalidation /index.html /logo.svg"],
                await SentAsync(shop, "web (2 of 3 files)")
            );

            // Cut off before the end: the files are there, and nothing says that all is done.
            var releases = (await Aws.AwsCli("s3api", "list-objects-v2", "--bucket", Bucket, "--prefix", "releases/"))[
                "Contents"
            ]!.AsArray();
            var last = (string)releases.MaxBy(item => (string)item!["LastModified"]!)!["Key"]!;
            await Aws.AwsCli("s3api", "delete-object", "--bucket", Bucket, "--key", last);
            Assert.Equal(["CreateInvalidation /index.html /logo.svg"], await SentAsync(shop, "web (0 of 3 files)"));

            (await shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("CloudFront takes its time to end", $"Stays: bucket {Bucket}");
            Assert.Equal("title 1.0 two", await ReadAsync("index.html"));
            (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0).Says($"Goes: bucket {Bucket}");
            Assert.DoesNotContain(
                Bucket,
                (await Aws.AwsCli("s3api", "list-buckets"))["Buckets"]!.AsArray().Select(bucket => (string)bucket!["Name"]!)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a deploy sends to the site's bucket and tells CloudFront, but for the list of the release itself.</summary>
    private async Task<IReadOnlyList<string>> SentAsync(Shop shop, params string[] says)
    {
        await Aws.ForgetCallsAsync();
        (await shop.DeployAsync()).EndedWith(0).Says(says);
        return [.. (await account.CallsAsync()).Select(NameOf).Where(Is("PUT /files", "CreateInvalidation"))];
    }

    private static Func<string, bool> Is(params string[] words) =>
        call => Array.Exists(words, word => call.Contains(word, StringComparison.Ordinal));

    private static string NameOf(JsonNode? call) =>
        (string)call!["service"]! == "s3"
            ? $"{call["operation"]} {((string)call["parameters"]!["path"]!).Replace($"/{Bucket}", "", StringComparison.Ordinal)}"
        : (string)call["operation"]! == "CreateInvalidation"
            ? string.Join(' ', call["parameters"]!["Paths"]!.AsArray().Select(path => (string)path!).Prepend("CreateInvalidation"))
        : (string)call["operation"]!;

    private async Task<(string Cache, string Type)> HeadersAsync(string path)
    {
        var head = await Aws.AwsCli("s3api", "head-object", "--bucket", Bucket, "--key", $"files/{path}");
        return ((string)head["CacheControl"]!, (string)head["ContentType"]!);
    }

    private async Task<string> ReadAsync(string path)
    {
        var file = Path.Combine(Aws.Home, Path.GetRandomFileName());
        await Aws.AwsCli("s3api", "get-object", "--bucket", Bucket, "--key", $"files/{path}", file);
        return (await File.ReadAllTextAsync(file)).Trim();
    }

    private static Task ReleasingAsync(DirectoryInfo folder, string text, string hash) =>
        BuildingAsync(
            folder,
            $"""
            rm -rf dist && mkdir -p dist/assets
            echo "title $VITE_TITLE {text}" > dist/index.html
            echo "{text}" > dist/logo.svg
            echo "{text}" > dist/assets/app-{hash}.js
            """
        );

    private static Task BuildingAsync(DirectoryInfo folder, string script) =>
        File.WriteAllTextAsync(Path.Combine(folder.FullName, "build.sh"), script);
}
