using Aspire.Hosting;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>The image that an environment names for its telemetry sidecar.</summary>
public sealed class TelemetryImageTests
{
    private const string Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/collector:1";

    [Fact]
    public async Task It_is_for_the_sidecar_of_the_environment_and_not_for_another_that_a_service_has()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithTelemetry(Telemetry.Collector, Image);
            builder.AddWorker("worker");
            builder.AddWorker("other").PublishAsFargateService(service => service.Telemetry = Telemetry.CloudWatchAgent);
        });
        var sidecars = published.Application.Services.ToDictionary(
            service => service.Name,
            service => ((RegistryImage)service.Containers[1].Image).Reference
        );
        Assert.Equal(Image, sidecars["worker"]);
        Assert.StartsWith("public.ecr.aws/cloudwatch-agent/cloudwatch-agent:", sidecars["other"], StringComparison.Ordinal);
    }
}
