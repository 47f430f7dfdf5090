using System.Diagnostics;
using OpenTelemetry;

namespace Aws.Ecs.Telemetry;

/// <summary>
/// Gives failed calls of the AWS SDK the attributes that the conventions have today. The SDK writes <c>aws.error_code</c>,
/// <c>http.status_code</c> and <c>exception.type</c> on the span.
/// </summary>
internal sealed class AwsCallFailureProcessor : BaseProcessor<Activity>
{
    public override void OnEnd(Activity activity)
    {
        if (activity.Status != ActivityStatusCode.Error || !activity.Source.Name.StartsWith("AWSSDK.", StringComparison.Ordinal))
        {
            return;
        }

        activity.SetTag(
            ActivityFailureExtensions.ErrorType,
            activity.GetTagItem("aws.error_code") ?? activity.GetTagItem("exception.type")
        );
        activity.SetTag("http.response.status_code", activity.GetTagItem("http.status_code"));
    }
}
