using Api.Errors;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Api.Reading;

internal static class ReadingExtensions
{
    // A reader that is slower is none, and holds a connection to S3.
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 8192, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Adds the limits of what is read, and of how long an answer takes.</summary>
    public static void AddReading(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReadLimits>();
        builder.Services.AddRequestTimeouts();
        builder
            .Services.AddOptions<RequestTimeoutOptions>()
            .Configure<IOptions<ApiOptions>>(
                (timeouts, options) =>
                    timeouts.DefaultPolicy = new RequestTimeoutPolicy
                    {
                        Timeout = options.Value.AnswerTimeout,
                        TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
                        WriteTimeoutResponse = ExceptionProblems.UnavailableAsync,
                    }
            );
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinResponseDataRate = SlowestReader);
    }
}
