using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Hosting.Fargate.Stacks;

/// <summary>A stack as CloudFormation has it now.</summary>
internal sealed record LiveStack
{
    public required string Name { get; init; }

    public required string Id { get; init; }

    public required StackStatus Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary>The change set that it was last changed by: another one means that somebody else was here.</summary>
    public string? ChangeSetId { get; init; }

    public DateTime? LastChanged { get; init; }

    public required IReadOnlyDictionary<string, string> Outputs { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Whether there is anything in it: a stack that was only planned, or whose creation was rolled back, is empty.</summary>
    public bool HoldsResources => Status != StackStatus.REVIEW_IN_PROGRESS && Status != StackStatus.ROLLBACK_COMPLETE;

    public bool IsBusy => Status.Value.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) && Status != StackStatus.REVIEW_IN_PROGRESS;

    /// <summary>Whether it can be mended by nothing but making it anew.</summary>
    /// <param name="isDisposable">Whether it may be deleted although it holds something: the application's, whose databases RDS keeps from
    /// that.</param>
    public bool IsDeadEnd(bool isDisposable) =>
        Status == StackStatus.ROLLBACK_COMPLETE
        || Status == StackStatus.ROLLBACK_FAILED
        || Status == StackStatus.CREATE_FAILED
        || (isDisposable && Status == StackStatus.DELETE_FAILED);

    /// <summary>Whether CloudFormation plans a change of it now: not while something goes on, nor while a rollback is stuck.</summary>
    public bool CanTakeChangeSet => !IsBusy && !Status.Value.EndsWith("_FAILED", StringComparison.Ordinal);

    /// <summary>Whether the last operation ended as it was meant to.</summary>
    public bool HasSucceeded =>
        Status == StackStatus.CREATE_COMPLETE || Status == StackStatus.UPDATE_COMPLETE || Status == StackStatus.IMPORT_COMPLETE;

    public static LiveStack From(Stack stack) =>
        new()
        {
            Name = stack.StackName,
            Id = stack.StackId,
            Status = stack.StackStatus,
            StatusReason = stack.StackStatusReason,
            ChangeSetId = stack.ChangeSetId,
            LastChanged = stack.LastUpdatedTime ?? stack.CreationTime,
            Outputs = (stack.Outputs ?? []).ToDictionary(
                output => output.OutputKey,
                output => output.OutputValue ?? "",
                StringComparer.Ordinal
            ),
            Parameters = (stack.Parameters ?? []).ToDictionary(
                parameter => parameter.ParameterKey,
                parameter => parameter.ParameterValue ?? "",
                StringComparer.Ordinal
            ),
        };
}
