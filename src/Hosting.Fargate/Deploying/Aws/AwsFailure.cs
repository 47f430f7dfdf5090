using Amazon.Runtime;

namespace Hosting.Fargate.Deploying.Aws;

/// <summary>What AWS refuses, as something to act on.</summary>
internal static class AwsFailure
{
    public static string Describe(AmazonServiceException exception) => Describe(exception, exception.Message);

    /// <param name="exception">What AWS answered.</param>
    /// <param name="message">Its message, as it may be shown.</param>
    public static string Describe(AmazonServiceException exception, string message)
    {
        var code = exception.ErrorCode ?? exception.StatusCode.ToString();
        var said = $"AWS refuses ({code}): {message.TrimEnd('.')}.";
        return code switch
        {
            "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" =>
                $"{said} Whoever deploys needs that action: docs/deployer-policy.md has the least policy. Nothing that was done is lost: run the same command again.",
            "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => $"{said} Sign in again and run the same command: it goes on where this one ended.",
            "InvalidClientTokenId" or "UnrecognizedClientException" or "SignatureDoesNotMatch" or "InvalidSignatureException" => $"{said} Sign in again, or see that the clock is right.",
            "LimitExceededException" or "ServiceQuotaExceededException" => $"{said} Raise the quota (Service Quotas in the console), then run the same command again.",
            _ when IsThrottling(exception) => $"{said} Too many calls at once in this account. Nothing that was done is lost: run the same command again in a minute.",
            _ when (int)exception.StatusCode >= 500 => $"{said} That is a fault of AWS's own. Nothing that was done is lost: run the same command again.",
            _ => $"{said} Nothing that was done is lost: mend the cause and run the same command again.",
        };
    }

    /// <summary>Whether it says nothing of the call, and the same call may do later.</summary>
    public static bool IsPassing(AmazonServiceException exception) => (int)exception.StatusCode >= 500 || IsThrottling(exception);

    private static bool IsThrottling(AmazonServiceException exception) => exception.Retryable?.Throttling == true
        || exception.ErrorCode is "Throttling" or "ThrottlingException" or "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown";
}
