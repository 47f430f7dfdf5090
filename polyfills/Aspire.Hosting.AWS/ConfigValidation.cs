using System.Collections.Concurrent;
using Amazon;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS;

/// <summary>
/// Asks AWS who the caller is, which needs no permission, so that a profile that does not work is named at the start and not in the
/// log of each service. Once a process for each profile and region, beside the start and without a say in it.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
/// </summary>
internal static class ConfigValidation
{
    // What a model names, so this is bounded.
    private static readonly ConcurrentDictionary<(string? Profile, string? Region), Task> Begun = new();

    public static void Begin(IAWSSDKConfig config, ILogger logger)
    {
        var (profile, region) = (config.Profile, config.Region);
        var key = (profile, region?.SystemName);
        if (!Begun.ContainsKey(key))
        {
            // A task of its own from the first line on: to read a profile may start the process that has its credentials.
            var validation = new Task<Task>(() => ValidateAsync(profile, region, logger));
            if (Begun.TryAdd(key, validation))
            {
                validation.Start(TaskScheduler.Default);
            }
        }
    }

    private static async Task ValidateAsync(string? profile, RegionEndpoint? region, ILogger logger)
    {
        try
        {
            var config = new AmazonSecurityTokenServiceConfig();
            if (!string.IsNullOrEmpty(profile))
            {
                config.Profile = new Profile(profile);
            }

            if (region is not null)
            {
                config.RegionEndpoint = region;
            }

            using var sts = new AmazonSecurityTokenServiceClient(config);
            var caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()).ConfigureAwait(false);
            logger.LogInformation("AWS SDK config validated for account: {accountId}", caller.Account);
        }
        catch (Exception)
        {
            logger.LogError(
                "Failed to connect to AWS using AWS SDK config: {configSettings}",
                $"Profile:{profile},Region:{region?.SystemName}"
            );
        }
    }
}
