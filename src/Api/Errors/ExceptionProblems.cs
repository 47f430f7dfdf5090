using System.Globalization;
using Amazon.Runtime;
using Microsoft.Extensions.Options;
using IExceptionHandler = Microsoft.AspNetCore.Diagnostics.IExceptionHandler;

namespace Api.Errors;

/// <summary>What an exception means to the caller. Its message is for the log: it may name what callers should not know.</summary>
internal sealed partial class ExceptionProblems(IOptions<ApiOptions> options, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        switch (exception)
        {
            case ProblemException problem:
                if (problem.RetryAfter is { } retryAfter)
                    SetRetryAfter(httpContext.Response, retryAfter);
                await problem.Problem.ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await Problems.TooLarge(options.Value.MaxUploadSize).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad:
                await Problems.OfStatus(bad.StatusCode).ExecuteAsync(httpContext);
                return true;
            // The SDK's own retries are over by now. An answer that breaks off, or that takes too long, is none either.
            case AmazonServiceException
            or AmazonClientException
            or HttpRequestException
            or IOException
            or TimeoutException
            or OperationCanceledException:
                LogUnavailable(exception);
                await UnavailableAsync(httpContext);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Answers that S3 or SQS did not do what was asked.</summary>
    public static Task UnavailableAsync(HttpContext context)
    {
        SetRetryAfter(context.Response, Retry);
        return Problems.Unavailable().ExecuteAsync(context);
    }

    /// <summary>Says when to ask again, in whole seconds.</summary>
    public static void SetRetryAfter(HttpResponse response, TimeSpan time) =>
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Error, "AWS does not answer as it should.")]
    private partial void LogUnavailable(Exception exception);
}
