using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>Every task that ends, and when it runs.</summary>
internal static class TasksSection
{
    public static string Write(FargateApplication application)
    {
        var table = new MarkdownTable("Task", "When", "Each");
        foreach (var task in application.Tasks)
        {
            table.Row(
                Markdown.Code(task.Name),
                WorkloadText.WhenOf(task),
                $"{WorkloadText.SizeOf(task)}; {WorkloadText.CapacityOf(task.Capacity)}"
            );
        }

        return Markdown.Section("Tasks that end", table.ToString(), ServicesSection.Telemetry(application.Tasks));
    }
}
