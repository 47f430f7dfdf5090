using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Sites;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>What is sent of a release, what CloudFront is told, and which files go.</summary>
public sealed class SiteReleaseTests
{
    private static readonly DateTime s_now = new(2026, 11, 30, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Files_go_that_no_kept_release_has_and_no_deploy_that_goes_on()
    {
        Dictionary<string, (string, DateTime)> files = new()
        {
            ["index.html"] = ("1", s_now.AddDays(-90)),
            ["assets/old.js"] = ("2", s_now.AddDays(-2)),
            ["assets/being-sent.js"] = ("3", s_now.AddHours(-1)),
        };
        Assert.Equal(["assets/old.js"], SiteReleases.Old(files, new HashSet<string> { "index.html" }, s_now));
    }

    [Fact]
    public void CloudFront_is_told_of_what_had_another_content_and_of_nothing_new()
    {
        var plan = new PlannedSite(
            Built(("index.html", "b"), ("logo.svg", "1"), ("assets/app-Ab12Cd34.js", "2")),
            Missing: [],
            Before: new Dictionary<string, string> { ["index.html"] = "a", ["logo.svg"] = "1" },
            There: new Dictionary<string, string> { ["index.html"] = "a", ["logo.svg"] = "1" },
            IsSwitched: true
        );
        Assert.Equal(["index.html"], plan.Stale);
        Assert.Empty((plan with { Before = null, There = new Dictionary<string, string>() }).Stale);
    }

    [Fact]
    public void CloudFront_is_told_of_what_a_deploy_that_was_cut_off_has_put_there()
    {
        Dictionary<string, string> released = new() { ["index.html"] = "a", ["logo.svg"] = "1" };
        var backAgain = new PlannedSite(
            Built(("index.html", "a"), ("logo.svg", "1")),
            Missing: [],
            released,
            There: new Dictionary<string, string> { ["index.html"] = "a", ["logo.svg"] = "2" },
            IsSwitched: true
        );
        Assert.Equal(["logo.svg"], backAgain.Stale);
    }

    [Fact]
    public void Pages_are_switched_after_what_they_refer_to_and_the_first_page_last()
    {
        var files = Built(("index.html", "1"), ("about.html", "2"), ("logo.svg", "3")).Files;
        Assert.Equal(["logo.svg", "about.html", "index.html"], files.OrderBy(file => file.Turn).Select(file => file.Path));
    }

    [Fact]
    public void The_same_files_are_the_same_release()
    {
        Assert.Equal(Built(("index.html", "1")).Release, Built(("index.html", "1")).Release);
        Assert.NotEqual(Built(("index.html", "1")).Release, Built(("index.html", "2")).Release);
    }

    private static BuiltSite Built(params (string Path, string Hash)[] files) =>
        new(
            new Site
            {
                Name = "web",
                Place = new SitePlace(null, null),
                DeepLinks = true,
                Build = new LocalBuild("/web", "web", null, new SiteCommand("npm", ["run", "build"]), "dist"),
            },
            [.. files.Select(file => new SiteFile(file.Path, file.Path, file.Hash))]
        );
}
