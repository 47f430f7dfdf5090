using Amazon;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Tests;

public sealed class SdkConfigTests
{
    [Fact]
    public async Task A_service_that_runs_here_gets_profile_and_region_for_the_SDK_and_for_its_configuration()
    {
        var builder = Models.ToRun();
        var aws = builder.AddAWSSDKConfig().WithProfile("dev").WithRegion(RegionEndpoint.EUCentral1).WithSdkValidation(false);

        Assert.Equal(
            new Dictionary<string, object>
            {
                ["AWS__Profile"] = "dev",
                ["AWS_PROFILE"] = "dev",
                ["AWS__Region"] = "eu-central-1",
                ["AWS_REGION"] = "eu-central-1",
            },
            await builder.EnvironmentAsync(aws)
        );
    }

    [Fact]
    public async Task What_a_configuration_does_not_name_is_not_set()
    {
        var builder = Models.ToRun();

        Assert.Empty(await builder.EnvironmentAsync(builder.AddAWSSDKConfig().WithSdkValidation(false)));
        var profile = await builder.EnvironmentAsync(builder.AddAWSSDKConfig().WithProfile("dev").WithSdkValidation(false));
        Assert.Equal(["AWS_PROFILE", "AWS__Profile"], profile.Keys.Order(StringComparer.Ordinal));
        var region = await builder.EnvironmentAsync(builder.AddAWSSDKConfig().WithRegion("us-west-2").WithSdkValidation(false));
        Assert.Equal(["AWS_REGION", "AWS__Region"], region.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_set_before_the_reference_is_replaced()
    {
        var builder = Models.ToRun();
        var service = builder
            .AddService()
            .WithEnvironment("AWS_REGION", "us-east-1")
            .WithReference(builder.AddAWSSDKConfig().WithRegion("us-west-2").WithSdkValidation(false));

        Assert.Equal("us-west-2", (await service.EnvironmentAsync())["AWS_REGION"]);
    }

    [Fact]
    public async Task What_a_configuration_names_after_the_reference_counts()
    {
        var builder = Models.ToRun();
        var aws = builder.AddAWSSDKConfig().WithSdkValidation(false);
        var service = builder.AddService().WithReference(aws);

        aws.WithRegion("us-west-2");

        Assert.Equal("us-west-2", (await service.EnvironmentAsync())["AWS_REGION"]);
    }

    [Fact]
    public async Task Published_a_service_gets_nothing()
    {
        var builder = Models.ToPublish();

        Assert.Empty(await builder.EnvironmentAsync(builder.AddAWSSDKConfig().WithProfile("dev").WithRegion("us-west-2")));
    }

    [Fact]
    public void A_region_can_be_given_by_its_name()
    {
        var config = Models.ToRun().AddAWSSDKConfig().WithRegion("us-west-2");

        Assert.Same(RegionEndpoint.USWest2, config.Region);
        Assert.Null(config.Profile);
    }

    [Fact]
    public void A_configuration_is_validated_unless_it_says_otherwise()
    {
        var config = Models.ToRun().AddAWSSDKConfig();

        Assert.True(config.SDKValidationEnabled);
        Assert.False(config.WithSdkValidation(false).SDKValidationEnabled);
    }
}
