using System.Diagnostics;
using System.Net;
using Testing;

namespace Api.Tests.Faults;

/// <summary>The emulator's disk is full for a while.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task While_the_disk_is_full_nothing_is_accepted_and_afterwards_all_goes_on()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/prlimit"))
            Assert.Skip("It takes Linux, with prlimit of util-linux.");
        await using var aws = new AwsEmulator();
        await aws.StartOnDiskAsync();
        await using var api = await ApiProcess.StartAsync(await aws.CreateResourcesAsync(), aws.Url);
        using var client = api.Client();
        using var before = await client.PostAsync("/profiles", TestApi.Csv());
        Assert.Equal(HttpStatusCode.Accepted, before.StatusCode);

        Limit(aws, "0");
        foreach (var size in new[] { 100, 20 << 20 })
        {
            using var refused = await client.PostAsync("/profiles", TestApi.Csv(new string('x', size)));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }

        using var kept = await client.GetAsync(before.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Limit(aws, "unlimited");

        foreach (var size in new[] { 100, 20 << 20 })
        {
            using var accepted = await client.PostAsync("/profiles", TestApi.Csv(new string('x', size)));
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        }
    }

    // Each write beyond the limit fails, as it does where the disk is full, and it can be lifted.
    private static void Limit(AwsEmulator aws, string size)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{aws.ProcessId}", $"--fsize={size}:unlimited"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }
}
