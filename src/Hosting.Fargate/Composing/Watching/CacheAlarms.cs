using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What somebody should look at of a cache: that it refuses commands, that it throws away what nobody took out, and that it gets full or
/// dear. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html has what is measured.
/// </summary>
internal static class CacheAlarms
{
    /// <summary>What is in a cache without a limit of its own before somebody should know that it is paid for.</summary>
    private const int DearGigabytes = 5;

    private const long Gigabyte = 1_000_000_000;

    public static IEnumerable<MetricAlarm> Of(Cache cache, ServerlessCache options)
    {
        yield return Of(
            cache,
            "Throttled",
            $"{cache.Name} has refused commands for 10 minutes, since more came than it does by now"
                + (options.MaximumProcessingUnits is { } units ? $", or than {units} processing units a second" : ""),
            "ThrottledCmds",
            "Sum",
            0
        ) with
        {
            Periods = 2,
        };
        yield return Of(cache, "Evictions", $"{cache.Name} has thrown things away for 15 minutes, since it is full", "Evictions", "Sum", 0);
        var (bytes, text) = options.MaximumGigabytes is { } most
            ? (most * Gigabyte * 8 / 10, $"{cache.Name} is four fifths full: {most} GB are its most")
            : (
                DearGigabytes * Gigabyte,
                $"{cache.Name} has more than {DearGigabytes} GB in it, of which each costs "
                    + $"{CostText.Amount(Prices.CacheGigabyteHour * Prices.HoursOfMonth)} USD a month; MaximumGigabytes is a limit"
            );
        yield return Of(cache, "Storage", text, "BytesUsedForCache", "Maximum", bytes);
    }

    private static MetricAlarm Of(Cache cache, string what, string description, string metric, string statistic, long threshold) =>
        new(
            $"{cache.ResourceId}{what}Alarm",
            description,
            "AWS/ElastiCache",
            metric,
            new TemplateMap { ["clusterId"] = Fn.Ref(cache.ResourceId) },
            threshold,
            Periods: 3,
            statistic
        )
        {
            PeriodSeconds = 300,
        };
}
