using Amazon;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;

namespace Aspire.Hosting;

/// <summary>Says with which profile and region resources call AWS.</summary>
public static class SDKResourceExtensions
{
    /// <summary>Creates a configuration, which names neither profile nor region yet.</summary>
    /// <param name="builder">The application.</param>
    /// <returns>The configuration, for resources to reference.</returns>
    public static IAWSSDKConfig AddAWSSDKConfig(this IDistributedApplicationBuilder builder) => new AWSSDKConfig();

    /// <summary>Names the profile.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="profile">A profile of the shared configuration: <c>~/.aws/config</c>, <c>~/.aws/credentials</c>.</param>
    /// <returns><paramref name="config"/>, to chain calls.</returns>
    public static IAWSSDKConfig WithProfile(this IAWSSDKConfig config, string profile)
    {
        config.Profile = profile;
        return config;
    }

    /// <summary>Names the region.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="region">The region.</param>
    /// <returns><paramref name="config"/>, to chain calls.</returns>
    public static IAWSSDKConfig WithRegion(this IAWSSDKConfig config, RegionEndpoint region)
    {
        config.Region = region;
        return config;
    }

    /// <summary>Names the region.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="systemName">The region's name: <c>us-west-2</c>.</param>
    /// <returns><paramref name="config"/>, to chain calls.</returns>
    public static IAWSSDKConfig WithRegion(this IAWSSDKConfig config, string systemName) =>
        config.WithRegion(RegionEndpoint.GetBySystemName(systemName));

    /// <summary>Says whether run mode tries the configuration once, and logs what came of it.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="sdkValidationEnabled">Whether it does.</param>
    /// <returns><paramref name="config"/>, to chain calls.</returns>
    public static IAWSSDKConfig WithSdkValidation(this IAWSSDKConfig config, bool sdkValidationEnabled)
    {
        config.SDKValidationEnabled = sdkValidationEnabled;
        return config;
    }

    /// <summary>
    /// Gives the resource the configuration in run mode: as <c>AWS_PROFILE</c> and <c>AWS_REGION</c> for clients of the SDK, as
    /// <c>AWS__Profile</c> and <c>AWS__Region</c> for those of AWSSDK.Extensions.NETCore.Setup. Published, a resource gets neither.
    /// </summary>
    /// <typeparam name="TDestination">The type of the resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="awsSdkConfig">The configuration.</param>
    /// <returns><paramref name="builder"/>, to chain calls.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IAWSSDKConfig awsSdkConfig
    )
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
            {
                return;
            }

            if (awsSdkConfig.SDKValidationEnabled)
            {
                ConfigValidation.Begin(awsSdkConfig, context.Logger);
            }

            Set("Profile", "AWS_PROFILE", awsSdkConfig.Profile);
            Set("Region", "AWS_REGION", awsSdkConfig.Region?.SystemName);

            void Set(string setting, string variable, string? value)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    context.EnvironmentVariables[$"AWS__{setting}"] = value;
                    context.EnvironmentVariables[variable] = value;
                }
            }
        });
}
