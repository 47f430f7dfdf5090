using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Amazon;
using Amazon.Runtime.Telemetry;
using OpenTelemetry.Metrics;
using ServiceDefaults.Tests.Aws;

namespace OpenTelemetry.Instrumentation.AWS.Tests;

[Collection(InstrumentedAws.Process)]
public sealed class MetricsTests
{
    [Fact]
    public async Task A_call_is_measured_with_what_it_was()
    {
        using var metrics = Sdk.CreateMeterProviderBuilder().AddAWSInstrumentation().Build();
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, ""));
        var durations = new ConcurrentQueue<Dictionary<string, object?>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "AWSSDK.S3", Name: "client.call.duration", Unit: "s" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(
            (_, seconds, tags, _) =>
            {
                Assert.True(seconds >= 0);
                durations.Enqueue(new(tags.ToArray()));
            }
        );
        listener.Start();

        await aws.S3.DeleteObjectAsync("datasets", "a.csv");

        var tags = Assert.Single(durations, tags => "DeleteObject".Equals(tags["rpc.method"]));
        Assert.Equal("S3", tags["rpc.service"]);
        Assert.Equal("aws-api", tags["rpc.system"]);
    }

    [Fact]
    public void An_instrument_is_made_once_a_meter()
    {
        using var metrics = Sdk.CreateMeterProviderBuilder().AddAWSInstrumentation().Build();
        var published = new ConcurrentQueue<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => published.Enqueue(instrument) };
        listener.Start();

        foreach (var scope in new[] { "AWSSDK.First", "AWSSDK.First", "AWSSDK.Second" })
        {
            var meter = AWSConfigs.TelemetryProvider.MeterProvider.GetMeter(scope);
            meter.CreateMonotonicCounter<long>("calls", "{call}").Add(1, new Attributes());
            meter.CreateUpDownCounter<int>("open").Add(-1);
        }

        Assert.Equal(
            ["AWSSDK.First calls", "AWSSDK.First open", "AWSSDK.Second calls", "AWSSDK.Second open"],
            published
                .Select(instrument => $"{instrument.Meter.Name} {instrument.Name}")
                .Where(name => name.Contains("AWSSDK.First") || name.Contains("AWSSDK.Second"))
                .Order()
        );
    }
}
