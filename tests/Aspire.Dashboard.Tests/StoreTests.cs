using Aspire.Dashboard.Console;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Tests;

public sealed class StoreTests
{
    private static readonly TelemetryResource s_resource = new("service", null, []);

    [Fact]
    public void The_oldest_logs_and_traces_leave_first()
    {
        var store = new TelemetryStore(new DashboardOptions { MaxLogCount = 3, MaxTraceCount = 2, MaxSpansPerTrace = 2 });
        store.AddLogs(Enumerable.Range(1, 5).Select(i => new LogRecord(0, s_resource, DateTimeOffset.UnixEpoch, LogSeverity.Debug, $"{i}", "", null, null, [])));
        Assert.Equal(["3", "4", "5"], store.Logs.Select(log => log.Message));

        Assert.Equal(0, store.AddSpans([NewSpan("a", "1"), NewSpan("b", "1"), NewSpan("c", "1")]));
        Assert.Equal(["b", "c"], store.Traces.Select(trace => trace.TraceId).Order());
        Assert.Equal(1, store.AddSpans([NewSpan("c", "2"), NewSpan("c", "2"), NewSpan("c", "3")]));
        Assert.Equal(["1", "2"], store.FindTrace("c")!.Spans.Select(span => span.SpanId));
    }

    [Fact]
    public void Memory_is_bounded_by_bytes_where_texts_are_long()
    {
        var store = new TelemetryStore(new DashboardOptions { MaxLogBytes = 1_000_000, MaxSpanBytes = 1_000_000, MaxSpanCount = 100 });
        var text = new string('x', 100_000);
        store.AddLogs(Enumerable.Range(1, 50).Select(i => new LogRecord(0, s_resource, DateTimeOffset.UnixEpoch, LogSeverity.Debug, text, "", null, null, [])));
        Assert.InRange(store.Logs.Length, 1, 5);
        Assert.Equal(50, store.Logs[^1].Sequence);

        store.AddSpans(Enumerable.Range(0, 50).Select(i => NewSpan($"{i}", "1") with { Name = text }));
        Assert.InRange(store.Traces.Length, 1, 5);
        Assert.NotNull(store.FindTrace("49"));

        store.AddSpans(Enumerable.Range(0, 500).Select(i => NewSpan($"short {i}", "1")));
        Assert.InRange(store.SpanCount, 1, 100);
        Assert.Equal(store.SpanCount, store.Traces.Sum(trace => trace.Spans.Length));
    }

    [Fact]
    public void What_one_resource_sent_is_cleared_and_the_rest_stays()
    {
        var other = new TelemetryResource("other", null, []);
        var store = new TelemetryStore(new DashboardOptions());
        store.GetOrAddResource(s_resource);
        store.GetOrAddResource(other);
        store.AddSpans([NewSpan("mine", "1"), NewSpan("both", "1"), NewSpan("both", "2") with { Resource = other }, NewSpan("other", "1") with { Resource = other }]);
        store.AddLogs([new LogRecord(0, s_resource, DateTimeOffset.UnixEpoch, LogSeverity.Debug, "mine", "", null, null, []), new LogRecord(0, other, DateTimeOffset.UnixEpoch, LogSeverity.Debug, "other", "", null, null, [])]);

        store.Clear(resource => resource == s_resource);

        Assert.Equal("other", Assert.Single(store.Traces).TraceId);
        Assert.Equal("other", Assert.Single(store.Logs).Message);
        Assert.Equal(other, Assert.Single(store.Resources));
        Assert.Equal(1, store.SpanCount);
    }

    [Fact]
    public void Spans_that_link_to_a_span_are_found_from_it()
    {
        var store = new TelemetryStore(new DashboardOptions());
        store.AddSpans([NewSpan("a", "1"), NewSpan("b", "2") with { Links = [new SpanLink("a", "1", [])] }]);
        Assert.Equal("2", Assert.Single(store.LinkedFrom(store.FindSpan("a", "1")!)).SpanId);
        Assert.Empty(store.LinkedFrom(store.FindSpan("b", "2")!));
    }

    [Fact]
    public void Points_are_bounded_by_bytes_and_what_counts_since_the_last_point_is_kept_as_a_sum()
    {
        var metrics = new MetricStore(new DashboardOptions { MaxMetricBytes = 50_000 });
        var description = new InstrumentDescription("Sum", "1", "", true);
        var key = new InstrumentKey(s_resource, "m", "n");
        var exemplar = new MetricExemplar(DateTimeOffset.UnixEpoch, 1, "t", "s");
        for (var i = 0; i < 5_000; i++)
        {
            Assert.True(metrics.TryAdd(key, description, [new("dimension", $"{i % 2}")], new MetricPoint(DateTimeOffset.UnixEpoch.AddSeconds(i), 1, 0, [], []), isDelta: true, [exemplar]));
        }

        var instrument = metrics.Find(key)!;
        Assert.Equal([2_500d, 2_500d], instrument.Dimensions.Select(dimension => dimension.Points[^1].Value));
        Assert.InRange(instrument.Dimensions.Sum(dimension => dimension.Points.Length), 100, 600);
        Assert.All(instrument.Dimensions, dimension => Assert.Single(dimension.Exemplars));
    }

    [Fact]
    public async Task Readers_and_writers_do_not_disturb_each_other()
    {
        var store = new TelemetryStore(new DashboardOptions { MaxLogCount = 100, MaxTraceCount = 50 });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                store.AddSpans([NewSpan($"{writer}-{i}", "1"), NewSpan($"{i}", $"{writer}")]);
                store.AddLogs([new LogRecord(0, s_resource, DateTimeOffset.UnixEpoch, LogSeverity.Debug, "x", "", null, null, [])]);
                Assert.InRange(store.Traces.Length, 1, 50);
                Assert.InRange(store.Logs.Length, 1, 100);
            }
        })));
    }

    [Fact]
    public void Spans_that_are_each_others_parents_are_all_shown_once()
    {
        var trace = new Trace("t", [NewSpan("t", "a", "b"), NewSpan("t", "b", "a"), NewSpan("t", "c", "c"), NewSpan("t", "d", "elsewhere")]);
        Assert.Equal(["a", "b", "c", "d"], Waterfall.Rows(trace, new HashSet<string>()).Select(row => row.Span.SpanId).Order());
    }

    [Fact]
    public void A_template_is_filled_but_never_beyond_its_limit()
    {
        Assert.Equal("Took 5 of {Unknown}", MessageTemplate.Fill("Took {Count:N0} of {Unknown}", [new("Count", "5")], 100));
        Assert.InRange(MessageTemplate.Fill(string.Concat(Enumerable.Repeat("{A}", 1_000)), [new("A", new string('x', 1_000))], 4_000).Length, 3_000, 4_000);
    }

    [Theory]
    [InlineData("plain", "plain:")]
    [InlineData("\u001b[32minfo\u001b[39m: x", "info:ansi-fg-2|: x:")]
    [InlineData("\u001b[1;91mbad\u001b[0m", "bad:ansi-fg-9 ansi-bold")]
    [InlineData("a\u001b[2Kb\u001b]0;title\u0007c", "abc:")]
    [InlineData("cut \u001b[3", "cut :")]
    public void Colours_become_classes_and_other_sequences_vanish(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', AnsiText.Parse(line).Select(segment => $"{segment.Text}:{segment.CssClass}")));

    [Fact]
    public void Percentiles_are_those_of_what_came_since_the_last_export()
    {
        var key = new InstrumentKey(s_resource, "m", "h");
        MetricPoint Point(int second, params ulong[] buckets) =>
            new(DateTimeOffset.UnixEpoch.AddSeconds(second), 0, (ulong)buckets.Sum(b => (long)b), [.. buckets], [10, 20]);
        var instrument = new Instrument(
            key, new InstrumentDescription("Histogram", "ms", "", true), [new MetricDimension([], [Point(1, 100, 0, 0), Point(2, 100, 10, 0)], [])]);
        var median = MetricSeries.Of(instrument, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(10))[0];
        Assert.Equal([5d, 15d], median.Points.Select(point => point.Value));
    }

    [Fact]
    public void A_chart_shows_rates_and_lines_by_attribute_and_never_more_points_than_steps()
    {
        var start = DateTimeOffset.UnixEpoch;
        MetricDimension Dimension(string route, string status, double perSecond) => new(
            [new("route", route), new("status", status)],
            [.. Enumerable.Range(0, 7_200).Select(i => new MetricPoint(start.AddSeconds(i), i * perSecond, 0, [], []))], []);
        var instrument = new Instrument(new InstrumentKey(s_resource, "m", "n"), new InstrumentDescription("Sum", "1", "", true), [Dimension("/a", "200", 1), Dimension("/a", "500", 2), Dimension("/b", "200", 4)]);

        Assert.Equal(3, MetricSeries.Of(instrument, start, start.AddHours(2)).Count);
        var byRoute = MetricSeries.Of(instrument, start, start.AddHours(2), MetricShow.Rate, "route");
        Assert.Equal(["/a", "/b"], byRoute.Select(series => series.Name));
        Assert.All(byRoute[0].Points, point => Assert.Equal(3, point.Value, tolerance: 0.01));
        Assert.All(byRoute, series => Assert.InRange(series.Points.Count, 200, MetricSeries.Steps + 1));
    }

    private static Span NewSpan(string trace, string id, string? parent = null) =>
        new(s_resource, trace, id, parent, "name", "Internal", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), false, null, "", [], [], []);
}
