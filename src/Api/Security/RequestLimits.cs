using System.Threading.RateLimiting;
using Api.Errors;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Api.Security;

/// <summary>
/// How much one caller, and all of them together, may ask for. Health checks are not counted: a busy task is not a sick one.
/// </summary>
internal static class RequestLimits
{
    private const string Caller = "caller";
    private static readonly TimeSpan Replenishment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryWhenBusy = TimeSpan.FromSeconds(2);

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(_ => { });
        builder
            .Services.AddOptions<RateLimiterOptions>()
            .Configure<IOptions<ApiOptions>>(
                (limiter, options) =>
                {
                    limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(AtOnce(options.Value), PerCaller(options.Value));
                    limiter.OnRejected = (context, _) => RejectAsync(context);
                }
            );
    }

    // There is one key, so that there is one caller; who has none is told apart by address.
    private static PartitionedRateLimiter<HttpContext> PerCaller(ApiOptions options) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            !IsCounted(context)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(
                    context.User.Identity?.IsAuthenticated is true ? Caller : $"{context.Connection.RemoteIpAddress}",
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = 2 * options.RequestsPerSecond,
                        TokensPerPeriod = Math.Max(1, (int)(options.RequestsPerSecond * Replenishment.TotalSeconds)),
                        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1.0 / options.RequestsPerSecond, Replenishment.TotalSeconds)),
                    }
                )
        );

    private static PartitionedRateLimiter<HttpContext> AtOnce(ApiOptions options) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            IsCounted(context)
                ? RateLimitPartition.GetConcurrencyLimiter("", _ => new ConcurrencyLimiterOptions { PermitLimit = options.RequestsAtOnce })
                : RateLimitPartition.GetNoLimiter("not counted")
        );

    private static bool IsCounted(HttpContext context) => context.Request.Path.StartsWithSegments("/profiles");

    private static ValueTask RejectAsync(OnRejectedContext context)
    {
        var response = context.HttpContext.Response;
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter))
        {
            ExceptionProblems.SetRetryAfter(response, retryAfter);
            return new(Problems.TooMany().ExecuteAsync(context.HttpContext));
        }

        ExceptionProblems.SetRetryAfter(response, RetryWhenBusy);
        return new(Problems.TooBusy().ExecuteAsync(context.HttpContext));
    }
}
