using System.Net;
using System.Net.Sockets;

namespace Packages.Tests;

/// <summary>Which packages a clone is built with: the official ones where its feed has them, and else the stand-ins.</summary>
public sealed class OfficialPackagesTests
{
    private const string Asks = "asking the feed";
    private const string Official = "Packages that have a polyfill: the official ones (the feed has them).";

    [Fact]
    public async Task Where_the_feed_has_them_all_the_solution_is_built_with_the_official_packages_and_a_second_restore_asks_nothing()
    {
        using var clone = await Clone.CreateAsync("feed");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages);

        var first = await clone.DotnetAsync("build App.slnx");

        Assert.Contains(Asks, first);
        Assert.Single(Lines(first, Official));
        Assert.Equal("package", await clone.KindAsync("obj/official"));
        Assert.True(File.Exists(clone.PathOf("src/App/bin/official/Debug/net10.0/App.dll")));
        Assert.False(Directory.Exists(clone.PathOf("src/App/obj/Debug")));
        Assert.EndsWith(".props", Assert.Single(clone.Answers));

        Directory.Delete(clone.PathOf("feed"), recursive: true);
        var second = await clone.DotnetAsync("restore App.slnx");

        Assert.DoesNotContain(Asks, second);
        Assert.Single(Lines(second, Official));
    }

    [Fact]
    public async Task A_single_project_asks_too_and_is_run_with_what_was_found()
    {
        using var clone = await Clone.CreateAsync("feed");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages);

        Assert.Contains(clone.PathOf("src/App/bin/official/Debug/net10.0/"), await clone.DotnetAsync("run --project src/App"));
        Assert.Equal("package", await clone.KindAsync("obj/official"));
    }

    [Fact]
    public async Task A_feed_that_lacks_one_of_them_means_stand_ins_and_the_build_says_which_it_lacks()
    {
        using var clone = await Clone.CreateAsync("feed");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages.Where(package => package.Key != "AWSSDK.XRay"));

        var output = await clone.DotnetAsync("build App.slnx");

        Assert.Single(
            Lines(output, "Packages that have a polyfill: the stand-ins in polyfills/ (NU1101: Unable to find package AWSSDK.XRay.")
        );
        Assert.Equal("project", await clone.KindAsync("obj"));
        Assert.True(File.Exists(clone.PathOf("src/App/bin/Debug/net10.0/AWSSDK.ECS.dll")));
        Assert.False(Directory.Exists(clone.PathOf("src/App/obj/official")));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("silent")]
    public async Task A_feed_that_cannot_be_reached_means_stand_ins_at_once_and_a_second_restore_does_not_wait_again(string kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        if (kind == "none")
        {
            listener.Stop();
        }

        using var clone = await Clone.CreateAsync($"https://127.0.0.1:{port}/v3/index.json");

        var first = await clone.DotnetAsync("run --project src/App", patience: kind == "none" ? null : "4000");
        var second = await clone.DotnetAsync("restore src/App");

        Assert.Contains(clone.PathOf("src/App/bin/Debug/net10.0/"), first);
        Assert.Equal("project", await clone.KindAsync("obj"));
        Assert.DoesNotContain(Asks, second);
        Assert.Single(Lines(second, "Packages that have a polyfill: the stand-ins in polyfills/ ("));
    }

    [Fact]
    public async Task A_feed_named_on_the_command_line_is_the_one_that_is_asked()
    {
        using var clone = await Clone.CreateAsync("none");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages.Where(package => package.Key != "AWSSDK.XRay"));
        await Feed.WriteAsync(clone.PathOf("other"), Clone.Packages.Where(package => package.Key == "AWSSDK.XRay"));

        Assert.Single(
            Lines(await clone.DotnetAsync($"restore src/App --source {clone.PathOf("feed")} --source {clone.PathOf("other")}"), Official)
        );
        Assert.Equal("package", await clone.KindAsync("obj/official"));
    }

    [Fact]
    public async Task The_variable_overrides_the_answer_either_way_and_asks_nothing()
    {
        using var clone = await Clone.CreateAsync("feed");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages);

        Assert.Single(
            Lines(await clone.DotnetAsync("restore App.slnx", "false"), "the stand-ins in polyfills/ (as UseOfficialPackages says).")
        );
        Assert.Equal("project", await clone.KindAsync("obj"));
        Assert.Single(
            Lines(
                await clone.DotnetAsync("restore src/App -p:UseOfficialPackages=AWSSDK.ECS"),
                "the official ones of AWSSDK.ECS (as UseOfficialPackages says)."
            )
        );
        Assert.Equal("package", await clone.KindAsync("obj/official"));
        Assert.Single(Lines(await clone.DotnetAsync("restore App.slnx", "true"), "the official ones (as UseOfficialPackages says)."));
        Assert.Empty(clone.Answers);
    }

    [Fact]
    public async Task Two_restores_at_once_come_to_one_answer()
    {
        using var clone = await Clone.CreateAsync("feed");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages);

        var outputs = await Task.WhenAll(clone.DotnetAsync("restore App.slnx"), clone.DotnetAsync("restore src/App"));

        Assert.All(outputs, output => Assert.True(Lines(output, Official).Count() == 1, output));
        Assert.Single(clone.Answers);
        Assert.Equal("package", await clone.KindAsync("obj/official"));
    }

    [Fact]
    public async Task Other_versions_are_asked_for_anew()
    {
        using var clone = await Clone.CreateAsync("feed");
        await Feed.WriteAsync(clone.PathOf("feed"), Clone.Packages);
        await clone.DotnetAsync("restore src/App");

        var versions = await File.ReadAllTextAsync(clone.PathOf("Directory.Packages.props"));
        await File.WriteAllTextAsync(
            clone.PathOf("Directory.Packages.props"),
            versions.Replace(
                $"\"AWSSDK.XRay\" Version=\"{Clone.Packages["AWSSDK.XRay"]}\"",
                "\"AWSSDK.XRay\" Version=\"9.0.0\"",
                StringComparison.Ordinal
            )
        );
        var output = await clone.DotnetAsync("restore src/App");

        Assert.Contains(Asks, output);
        Assert.Single(Lines(output, "the stand-ins in polyfills/ (NU1102: Unable to find package AWSSDK.XRay with version (>= 9.0.0)"));
        Assert.Equal("project", await clone.KindAsync("obj"));
    }

    private static IEnumerable<string> Lines(string output, string part) =>
        output.Split('\n').Where(line => line.Contains(part, StringComparison.Ordinal));
}
