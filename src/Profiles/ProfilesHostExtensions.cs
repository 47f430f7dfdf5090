using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Profiles;

/// <summary>Registers what keeps profiles.</summary>
public static class ProfilesHostExtensions
{
    /// <summary>Adds the clients of S3 and SQS, the bucket and queue that they are to use, and <see cref="ProfileStore"/>.</summary>
    /// <exception cref="MissingResourceException">The bucket or the queue is not configured.</exception>
    public static TBuilder AddProfiles<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(ProfileResources.From(builder.Configuration));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddAWSService<IAmazonS3>(S3Options(builder.Configuration));
        builder.Services.TryAddAWSService<IAmazonSQS>(Options(builder.Configuration));
        builder.Services.AddSingleton<ProfileStore>();
        return builder;
    }

    // For an answer to begin, each try anew; without it the SDK waits as long as the connection stays. A long poll takes 20 seconds, a part
    // of an upload has 8 MiB.
    private static readonly TimeSpan LongestTryOfSqs = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTryOfS3 = TimeSpan.FromSeconds(15);

    private static AWSOptions Options(IConfiguration configuration)
    {
        var options = configuration.GetAWSOptions();
        options.DefaultClientConfig.RetryMode = RequestRetryMode.Standard;
        options.DefaultClientConfig.MaxErrorRetry = 3;
        options.DefaultClientConfig.Timeout = LongestTryOfSqs;
        return options;
    }

    private static AWSOptions S3Options(IConfiguration configuration)
    {
        var options = Options(configuration);
        options.DefaultClientConfig.Timeout = LongestTryOfS3;
        // An emulator is reached by address; a bucket's name in front of it (the virtual-hosted style) would be a host that does not exist.
        if (configuration["AWS_ENDPOINT_URL_S3"] is not null || configuration["AWS_ENDPOINT_URL"] is not null)
            options.DefaultClientConfig.ServiceSpecificSettings[nameof(AmazonS3Config.ForcePathStyle)] = bool.TrueString;
        return options;
    }
}
