using System.Text;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

public sealed class ProgressTests
{
    private static readonly ReadOnlyMemory<byte> _rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 25_000)));

    [Fact]
    public async Task Progress_grows_and_ends_with_the_whole()
    {
        var reports = new Reports();

        var profile = await new CsvProfiler().ProfileAsync(
            new GeneratedStream(Enumerable.Repeat(_rows, 100).Prepend("a,b\n"u8.ToArray())),
            new ProfilingOptions(),
            reports,
            CancellationToken.None
        );

        Assert.Equal(new ProfilingProgress(profile.Bytes, profile.Rows), reports.All[^1]);
        Assert.Equal((10_000_004, 2_500_000), (profile.Bytes, profile.Rows));
        Assert.Equal(reports.All.OrderBy(report => report.Bytes), reports.All);
        Assert.InRange(reports.All.Count, 1, 11);
    }

    [Fact]
    public async Task A_cancellation_is_noticed_by_an_endless_stream_that_never_waits()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new CsvProfiler().ProfileAsync(new GeneratedStream(Endless()), new ProfilingOptions(), progress: null, cancellation.Token)
        );

        IEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            yield return "a,b\n"u8.ToArray();
            for (var piece = 0; ; piece++)
            {
                if (piece == 20)
                    cancellation.Cancel();
                Assert.InRange(piece, 0, 30);
                yield return _rows;
            }
        }
    }

    [Fact]
    public async Task The_stream_stays_open_for_whoever_opened_it()
    {
        var stream = new MemoryStream("a\n1\n"u8.ToArray());

        await new CsvProfiler().ProfileAsync(stream, new ProfilingOptions(), progress: null, CancellationToken.None);

        Assert.True(stream.CanRead);
    }

    private sealed class Reports : IProgress<ProfilingProgress>
    {
        public List<ProfilingProgress> All { get; } = [];

        public void Report(ProfilingProgress value) => All.Add(value);
    }
}
