using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Hosting.Fargate.Deploying.Stacks;

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

    /// <summary>Whether the last operation ended as it was meant to.</summary>
    public bool HasSucceeded => Status == StackStatus.CREATE_COMPLETE || Status == StackStatus.UPDATE_COMPLETE || Status == StackStatus.IMPORT_COMPLETE;

    public static LiveStack From(Stack stack) => new()
    {
        Name = stack.StackName,
        Id = stack.StackId,
        Status = stack.StackStatus,
        StatusReason = stack.StackStatusReason,
        ChangeSetId = stack.ChangeSetId,
        LastChanged = stack.LastUpdatedTime ?? stack.CreationTime,
        Outputs = (stack.Outputs ?? []).ToDictionary(output => output.OutputKey, output => output.OutputValue ?? "", StringComparer.Ordinal),
        Parameters = (stack.Parameters ?? []).ToDictionary(parameter => parameter.ParameterKey, parameter => parameter.ParameterValue ?? "", StringComparer.Ordinal),
    };
}
