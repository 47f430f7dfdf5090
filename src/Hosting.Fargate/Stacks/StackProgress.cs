using System.Globalization;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Reporting;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Stacks;

/// <summary>What happens to the resources of a stack, a line each when it is done, with how long it took.</summary>
internal sealed class StackProgress(ILogger logger, TimeProvider time, LiveConsole? live = null)
{
    private readonly Dictionary<(string, string), DateTime> _begun = [];

    /// <summary>The resource that failed first, and why; null while none has.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>The resource that failed first.</summary>
    public StackEvent? FirstFailedEvent { get; private set; }

    /// <summary>The logical ids of what is being worked on, of services alone those that roll.</summary>
    public IEnumerable<string> InProgress => _begun.Keys.Select(key => key.Item2);

    public void Report(IEnumerable<StackEvent> events)
    {
        foreach (var item in events)
        {
            Report(item);
        }

        live?.Detail(Waiting());
    }

    private string? Waiting()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _begun.Count == 0
            ? null
            : string.Join(
                ", ",
                _begun
                    .OrderBy(pair => pair.Value)
                    .Select(pair =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{pair.Key.Item2} {Math.Max(0, (now - pair.Value.ToUniversalTime()).TotalSeconds):0}s"
                        )
                    )
            );
    }

    private void Report(StackEvent item)
    {
        var status = item.ResourceStatus?.Value ?? "";
        var isStack = item.PhysicalResourceId == item.StackId;
        var key = (item.StackId, item.LogicalResourceId);
        if (status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
        {
            if (!isStack)
            {
                _begun.TryAdd(key, item.Timestamp ?? time.GetUtcNow().UtcDateTime);
            }

            if (isStack && status.Contains("ROLLBACK", StringComparison.Ordinal) && !status.Contains("CLEANUP", StringComparison.Ordinal))
            {
                logger.LogWarning("{Stack}: rolling back: {Reason}", item.StackName, item.ResourceStatusReason);
            }

            return;
        }

        var took =
            _begun.Remove(key, out var begun) && item.Timestamp is { } end
                ? string.Create(CultureInfo.InvariantCulture, $"  {(end - begun).TotalSeconds:0.0}s")
                : "";
        if (status.EndsWith("_FAILED", StringComparison.Ordinal))
        {
            if (!isStack && !IsConsequence(item))
            {
                FirstFailedEvent ??= item;
                FirstFailure ??= $"{item.LogicalResourceId} ({item.ResourceType}): {item.ResourceStatusReason?.TrimEnd('.')}";
            }

            logger.LogError("✗ {Id}  {Type}{Took}: {Reason}", item.LogicalResourceId, item.ResourceType, took, item.ResourceStatusReason);
        }
        else if (!isStack)
        {
            logger.LogInformation(
                "{Mark} {Id}  {Type}{Took}{Word}",
                status == "DELETE_SKIPPED" ? "·" : "✓",
                item.LogicalResourceId,
                item.ResourceType,
                took,
                Word(status)
            );
        }
    }

    /// <summary>What was stopped since something else failed explains nothing.</summary>
    private static bool IsConsequence(StackEvent item) =>
        item.ResourceStatusReason?.Contains("cancelled", StringComparison.OrdinalIgnoreCase) == true
        || (
            item.ResourceType == "AWS::CloudFormation::Stack"
            && item.ResourceStatusReason?.StartsWith("Embedded stack", StringComparison.Ordinal) == true
        );

    private static string Word(string status) =>
        status switch
        {
            "DELETE_COMPLETE" => "  deleted",
            "DELETE_SKIPPED" => "  kept",
            "IMPORT_COMPLETE" => "  taken up",
            _ => "",
        };
}
