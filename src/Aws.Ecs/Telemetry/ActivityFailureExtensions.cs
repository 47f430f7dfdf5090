using System.Diagnostics;
using Amazon.Runtime;

namespace Aws.Ecs.Telemetry;

/// <summary>Failures on spans.</summary>
public static class ActivityFailureExtensions
{
    internal const string ErrorType = "error.type";

    /// <summary>
    /// Marks a span as failed: its status, the exception as an event and <c>error.type</c>, which is the error code of an AWS service
    /// or the exception's type.
    /// </summary>
    /// <param name="activity">The span; null does nothing.</param>
    /// <param name="exception">Why it failed.</param>
    public static void SetFailure(this Activity? activity, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        activity.SetTag(ErrorType, exception.GetType().FullName);
        if (exception is AmazonServiceException serviceException)
        {
            activity.SetTag(ErrorType, serviceException.ErrorCode ?? exception.GetType().FullName);
            activity.SetTag("http.response.status_code", (int)serviceException.StatusCode);
            activity.SetTag("aws.request_id", serviceException.RequestId);
        }

        activity.AddException(exception);
        activity.SetStatus(ActivityStatusCode.Error, exception.Message);
    }
}
