using System.Diagnostics;

namespace EndToEnd;

/// <summary>The short run of <c>bench/Soak</c>: it has processes of its own, and what it asks of them is in its head.</summary>
public sealed class SoakTests
{
    private static readonly string Soak = Path.Combine(
        AppContext.BaseDirectory.Replace(Path.Combine("tests", "EndToEnd"), Path.Combine("bench", "Soak"), StringComparison.Ordinal),
        "Soak.dll"
    );

    [Fact]
    public async Task Under_kills_at_random_every_caller_is_answered_and_nothing_accepted_is_lost()
    {
        using var soak = Process.Start(new ProcessStartInfo("dotnet", [Soak, "0.6", "7", "few"]) { RedirectStandardOutput = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        try
        {
            var figures = await soak.StandardOutput.ReadToEndAsync(deadline.Token);
            await soak.WaitForExitAsync(deadline.Token);
            Assert.True(soak.ExitCode is 0, figures);
            Assert.Matches(@"kills of worker, emulator +[1-9]\d* [1-9]", figures);
            Assert.Matches(@"accepted, done +[1-9]", figures);
        }
        finally
        {
            if (!soak.HasExited)
                soak.Kill(entireProcessTree: true);
        }
    }
}
