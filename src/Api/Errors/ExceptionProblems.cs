using Amazon.Runtime;
using Microsoft.Extensions.Options;
using IExceptionHandler = Microsoft.AspNetCore.Diagnostics.IExceptionHandler;

namespace Api.Errors;

/// <summary>What an exception means to the caller.</summary>
internal sealed partial class ExceptionProblems(IOptions<ApiOptions> options, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;
    private const string SecondsToRetry = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await Problems.TooLarge(options.Value.MaxUploadSize).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad:
                await Problems.Of(bad.StatusCode, bad.Message).ExecuteAsync(httpContext);
                return true;
            // The SDK's own retries are over by now.
            case AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException:
                LogUnavailable(exception);
                httpContext.Response.Headers.RetryAfter = SecondsToRetry;
                await Problems.Unavailable().ExecuteAsync(httpContext);
                return true;
            default:
                return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "AWS does not answer as it should.")]
    private partial void LogUnavailable(Exception exception);
}
