using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Reporting;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// What CloudFormation finds wrong with a change set before it changes anything. The state of a change set says only that something is;
/// which property and why is in the events of its creation:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html.
/// </summary>
/// <param name="Errors">What it does not execute the change set for, a line each.</param>
/// <param name="Warnings">What may fail once it does.</param>
internal sealed record EarlyValidation(IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads what there is. Whoever may not read it gets what the change set itself says, and no more.</summary>
    public static async Task<EarlyValidation> ReadAsync(
        IAmazonCloudFormation cloudFormation,
        string changeSetId,
        CancellationToken cancellationToken
    )
    {
        List<string> errors = [];
        List<string> warnings = [];
        string? next = null;
        try
        {
            do
            {
                var page = await cloudFormation.DescribeEventsAsync(
                    new DescribeEventsRequest { ChangeSetName = changeSetId, NextToken = next },
                    cancellationToken
                );
                foreach (var item in page.OperationEvents ?? [])
                {
                    if (Describe(item) is { } line)
                    {
                        (IsWarning(item) ? warnings : errors).Add(line);
                    }
                }

                next = page.NextToken;
            } while (next is not null);
        }
        catch (AmazonCloudFormationException exception) when (!AwsFailure.IsPassing(exception))
        {
            // Not allowed, or not known in this region or partition yet.
        }

        return new EarlyValidation([.. errors.Distinct(StringComparer.Ordinal)], [.. warnings.Distinct(StringComparer.Ordinal)]);
    }

    private static bool IsWarning(OperationEvent item) =>
        (item.EventType == EventType.VALIDATION_ERROR ? item.ValidationFailureMode : item.HookFailureMode) == HookFailureMode.WARN;

    private static string? Describe(OperationEvent item) =>
        item.EventType == EventType.VALIDATION_ERROR && item.ValidationStatus != ValidationStatus.SKIPPED
            ? Line(item, item.ValidationStatusReason, item.ValidationPath)
        : item.EventType == EventType.HOOK_INVOCATION_ERROR ? Line(item, $"{item.HookType}: {item.HookStatusReason}", null)
        : null;

    /// <summary><c>JobsQueue (AWS::SQS::Queue), Properties/VisibilityTimeout: expected type: Integer, found: String</c></summary>
    private static string Line(OperationEvent item, string? reason, string? path)
    {
        var prefix = $"/Resources/{item.LogicalResourceId}";
        var where = (path?.StartsWith(prefix, StringComparison.Ordinal) == true ? path[prefix.Length..] : path ?? "").Trim('/');
        return Printable.Line(
            $"{item.LogicalResourceId} ({item.ResourceType}){(where.Length > 0 ? $", {where}" : "")}: {reason ?? item.ValidationName ?? "no reason was given"}"
        );
    }
}
