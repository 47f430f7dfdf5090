using System.Text.Json;
using System.Xml;
using Amazon.Runtime;

namespace Hosting.Fargate.Aws;

/// <summary>What AWS refuses, as something to act on.</summary>
internal static class AwsFailure
{
    public static string Describe(AmazonServiceException exception) => Describe(exception, exception.Message);

    /// <param name="exception">What AWS answered.</param>
    /// <param name="message">Its message, as it may be shown.</param>
    public static string Describe(AmazonServiceException exception, string message) =>
        Say(exception, message)
        + " "
        + KindOf(exception) switch
        {
            AwsFailureKind.Denied =>
                "Whoever deploys needs that action: docs/deployer-policy.md has the least policy. Nothing that was done is lost: run the same command again.",
            AwsFailureKind.Expired => "Sign in again and run the same command: it goes on where this one ended.",
            AwsFailureKind.NotSignedIn => "Sign in again, or see that the clock is right.",
            AwsFailureKind.Quota => "Raise the quota (Service Quotas in the console), then run the same command again.",
            AwsFailureKind.Throttled =>
                "Too many calls at once in this account. Nothing that was done is lost: run the same command again in a minute.",
            AwsFailureKind.OfAws => "That is a fault of AWS's own. Nothing that was done is lost: run the same command again.",
            _ => "Nothing that was done is lost: mend the cause and run the same command again.",
        };

    /// <summary>What was said, without what to do.</summary>
    public static string Say(AmazonServiceException exception, string message) =>
        $"AWS refuses ({exception.ErrorCode ?? exception.StatusCode.ToString()}): {message.TrimEnd('.')}.";

    public static AwsFailureKind KindOf(AmazonServiceException exception) =>
        exception.ErrorCode switch
        {
            "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" => AwsFailureKind.Denied,
            "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => AwsFailureKind.Expired,
            "InvalidClientTokenId" or "UnrecognizedClientException" or "SignatureDoesNotMatch" or "InvalidSignatureException" =>
                AwsFailureKind.NotSignedIn,
            "LimitExceededException" or "ServiceQuotaExceededException" => AwsFailureKind.Quota,
            _ when IsThrottling(exception) => AwsFailureKind.Throttled,
            _ when (int)exception.StatusCode >= 500 => AwsFailureKind.OfAws,
            _ => AwsFailureKind.Other,
        };

    /// <summary>Whether it says nothing of the call, and the same call may do later.</summary>
    public static bool IsPassing(AmazonServiceException exception) => (int)exception.StatusCode >= 500 || IsThrottling(exception);

    /// <summary>
    /// Whether a question has no answer that can be read, by whatever cause: for one that is asked to say more, and that nothing else
    /// depends on. A cancellation is none.
    /// </summary>
    public static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception
            is AmazonServiceException
                or AmazonClientException
                or HttpRequestException
                or TaskCanceledException
                or XmlException
                or JsonException
                or InvalidOperationException
                or KeyNotFoundException;

    private static bool IsThrottling(AmazonServiceException exception) =>
        exception.Retryable?.Throttling == true
        || exception.ErrorCode
            is "Throttling"
                or "ThrottlingException"
                or "TooManyRequestsException"
                or "RequestLimitExceeded"
                or "SlowDown";
}

/// <summary>What kind of refusal it is, by what helps against it.</summary>
internal enum AwsFailureKind
{
    /// <summary>Whoever calls may not.</summary>
    Denied,

    /// <summary>The credentials were good once.</summary>
    Expired,

    /// <summary>The credentials are none of AWS's, or the signature is not right.</summary>
    NotSignedIn,

    /// <summary>There is as much as may be.</summary>
    Quota,

    /// <summary>Too many calls at once.</summary>
    Throttled,

    /// <summary>A fault of AWS's own.</summary>
    OfAws,

    /// <summary>Anything else.</summary>
    Other,
}
