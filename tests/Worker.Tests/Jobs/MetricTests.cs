using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Profiles;
using Testing;

namespace Worker.Tests.Jobs;

public sealed class MetricTests(AwsEmulator aws)
{
    [Fact]
    public async Task A_job_that_is_done_is_counted_with_its_duration_its_rows_and_how_long_it_waited()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await using var worker = new TestWorker(aws, resources);
        using var metrics = new Metrics(worker);
        await worker.StartAsync();

        await jobs.StateAsync(id, ProfileStatus.Done);
        await metrics.UntilAsync("profiles.job.duration");

        Assert.Equal(1, metrics.Sum("profiles.jobs.done"));
        Assert.Equal(0, metrics.Sum("profiles.jobs.failed"));
        Assert.Equal(2, metrics.Sum("profiles.job.rows"));
        Assert.Equal([1, -1], metrics.Of("profiles.jobs.in_hand").Select(measured => measured.Value));
        var duration = Assert.Single(metrics.Of("profiles.job.duration"));
        Assert.Equal(("s", "done"), (duration.Unit, duration.Outcome));
        var age = Assert.Single(metrics.Of("profiles.job.queue_age"));
        Assert.Equal("s", age.Unit);
        Assert.InRange(age.Value, 0, 60);
    }

    [Fact]
    public async Task A_job_that_always_fails_is_one_failed_job_however_often_it_was_tried()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 2);
        var jobs = new TestJobs(aws, resources);
        await jobs.AddAsync(csv: null);
        await using var worker = new TestWorker(aws, resources);
        using var metrics = new Metrics(worker);
        await worker.StartAsync();

        await jobs.DeadLetterAsync();
        await metrics.UntilAsync("profiles.jobs.failed");

        Assert.Equal("exhausted", Assert.Single(metrics.Of("profiles.jobs.failed")).Outcome);
        Assert.Equal(["retried", "exhausted"], metrics.Of("profiles.job.duration").Select(measured => measured.Outcome));
        // The second time it had waited for its turn to be tried again.
        Assert.Single(metrics.Of("profiles.job.queue_age"));
        Assert.Equal(0, metrics.Sum("profiles.jobs.in_hand"));
        Assert.Equal(0, metrics.Sum("profiles.jobs.done"));
    }

    private sealed record Measured(string Name, string? Unit, double Value, string? Outcome);

    /// <summary>What one worker measures.</summary>
    private sealed class Metrics : IDisposable
    {
        private readonly ConcurrentQueue<Measured> _measured = new();
        private readonly MeterListener _listener = new();

        public Metrics(TestWorker worker)
        {
            // Of this worker's factory alone: other tests have workers too.
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Worker.Jobs" && ReferenceEquals(instrument.Meter.Scope, worker.Meters))
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyList<Measured> Of(string name) => [.. _measured.Where(measured => measured.Name == name)];

        public double Sum(string name) => Of(name).Sum(measured => measured.Value);

        public Task UntilAsync(string name) =>
            Eventually.GetAsync(() => Task.FromResult(Of(name) is { Count: > 0 } some ? some : null), $"{name} is measured");

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _measured.Enqueue(
                new Measured(
                    instrument.Name,
                    instrument.Unit,
                    value,
                    (string?)tags.ToArray().SingleOrDefault(tag => tag.Key == "profiles.job.outcome").Value
                )
            );
    }
}
