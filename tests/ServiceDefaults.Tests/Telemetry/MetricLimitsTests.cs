using System.Diagnostics.Metrics;
using Aws.Ecs.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class MetricLimitsTests
{
    [Theory]
    [InlineData("System.Runtime", "dotnet.gc.collections", 50)]
    [InlineData("Microsoft.AspNetCore.Hosting", "http.server.request.duration", 500)]
    [InlineData("AWSSDK.S3", "client.call.duration", 500)]
    [InlineData("Api.Jobs", "profiles.jobs.accepted", null)]
    public void What_others_measure_has_less_room_than_what_the_application_does(string meter, string instrument, int? expected) =>
        Assert.Equal(expected, Of(meter, instrument)?.CardinalityLimit);

    [Theory]
    [InlineData("AWSSDK.S3", "client.call.serialization_duration", true)]
    [InlineData("AWSSDK.S3", "client.call.attempts", false)]
    [InlineData("AWSSDK.S3", "client.call.errors", false)]
    [InlineData("System.Net.Http", "http.client.open_connections", true)]
    [InlineData("System.Net.Http", "http.client.request.duration", false)]
    [InlineData("Microsoft.AspNetCore.Routing", "aspnetcore.routing.match_attempts", true)]
    [InlineData("Microsoft.AspNetCore.Authentication", "aspnetcore.authentication.authenticate.duration", true)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "kestrel.active_connections", false)]
    [InlineData("Api.Jobs", "client.call.serialization_duration", false)]
    public void What_a_duration_tells_already_is_not_measured(string meter, string instrument, bool expected) =>
        Assert.Equal(expected, Of(meter, instrument) == MetricStreamConfiguration.Drop);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_application_has_one_again_by_a_view_of_its_own(bool isAsked)
    {
        using var meter = new Meter("AWSSDK.Example");
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddView(MetricLimits.Of);
        if (isAsked)
        {
            builder.AddView("client.call.attempt_duration", new MetricStreamConfiguration());
        }

        using var provider = builder.AddReader(new BaseExportingMetricReader(new Nowhere())).Build();
        Assert.Equal(isAsked, meter.CreateHistogram<double>("client.call.attempt_duration").Enabled);
    }

    private sealed class Nowhere : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }

    private static MetricStreamConfiguration? Of(string meter, string instrument)
    {
        using var owner = new Meter(meter);
        return MetricLimits.Of(owner.CreateCounter<long>(instrument));
    }
}
