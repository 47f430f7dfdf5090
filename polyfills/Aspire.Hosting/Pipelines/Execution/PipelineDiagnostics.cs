using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>Describes the steps of a pipeline: order, dependencies, and what would be executed for each.</summary>
internal static class PipelineDiagnostics
{
    public static void Print(PipelineGraph graph, PipelineStepContext context)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Total steps defined: {graph.Steps.Count}").AppendLine();

        text.AppendLine("EXECUTION ORDER");
        foreach (var (index, step) in graph.InOrder().Index())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{index + 1,3}. {step.Name}");
        }

        text.AppendLine().AppendLine("STEPS");
        foreach (var step in graph.Steps.OrderBy(step => step.Name, StringComparer.Ordinal))
        {
            text.AppendLine(step.Name);
            Fact("description", step.Description);
            Fact("depends on", Join(step.DependsOnSteps));
            Fact("resource", step.Resource?.Name);
            Fact("tags", Join(step.Tags));
            Fact("executes", string.Join(" > ", graph.UpTo(step.Name).Levels()
                .GroupBy(level => level.Value, level => level.Key)
                .OrderBy(level => level.Key)
                .Select(level => Join(level))));
        }

        context.ReportingStep.Log(LogLevel.Information, text.ToString());

        void Fact(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {name}: {value}");
            }
        }

        static string Join(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
    }
}
