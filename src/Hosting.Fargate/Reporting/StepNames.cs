using Aspire.Hosting.Pipelines;
using Hosting.Fargate.CommandLine;

namespace Hosting.Fargate.Reporting;

#pragma warning disable ASPIREPIPELINES001 // The host's steps are named by the pipeline.

/// <summary>Which steps of the pipeline say something to a person, and under which name.</summary>
internal static class StepNames
{
    private const string Pipeline = "pipeline-execution";

    /// <summary>What the host does for itself in every run, and the steps that only wait for those of environments.</summary>
    private static readonly HashSet<string> s_ofHost = new(
        [
            Pipeline,
            "validate-build-only-container-references",
            WellKnownPipelineSteps.ValidateComputeEnvironments,
            WellKnownPipelineSteps.BeforeStart,
            WellKnownPipelineSteps.PublishPrereq,
            WellKnownPipelineSteps.DeployPrereq,
            WellKnownPipelineSteps.DestroyPrereq,
            WellKnownPipelineSteps.ProcessParameters,
            .. FargateVerb.All.Select(verb => verb.Name),
        ],
        StringComparer.Ordinal
    );

    public static bool IsPipeline(string title) => title == Pipeline;

    public static bool IsOfHost(string title) => s_ofHost.Contains(title) || title.StartsWith("target-", StringComparison.Ordinal);

    /// <summary>The verb of <c>publish-profiler</c>; the whole title where it has none.</summary>
    public static string Verb(string title) =>
        FargateVerb.All.FirstOrDefault(verb => title.StartsWith(verb.Name + "-", StringComparison.Ordinal))?.Name ?? title;

    /// <summary><c>publish profiler</c>.</summary>
    public static string Shown(string title) =>
        Verb(title) is var verb && verb.Length < title.Length ? $"{verb} {title[(verb.Length + 1)..]}" : title;

    /// <summary>
    /// A failure that is not one of this library's is told by the host as <c>Step 'x' failed: …</c>, and the line above names the step.
    /// </summary>
    public static string WithoutPrefix(string title, string message)
    {
        var prefix = $"Step '{title}' failed: ";
        return message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : message;
    }
}
