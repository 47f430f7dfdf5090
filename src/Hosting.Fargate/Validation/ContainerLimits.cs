using System.Globalization;
using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// Sizes and times of containers. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
/// </summary>
internal static class ContainerLimits
{
    private const int UnitsPerVCpu = 1024;
    private const int MibPerGb = 1024;

    public static IEnumerable<Fault> Check(Template template) =>
        template
            .TaskDefinitions()
            .SelectMany(taskDefinition => Memory(taskDefinition).Concat(Cpu(taskDefinition)).Concat(Times(taskDefinition)));

    private static IEnumerable<Fault> Memory(TemplateResource taskDefinition)
    {
        if (IsForWindows(taskDefinition) || Size(taskDefinition.Properties.At("Memory"), "GB", MibPerGb) is not { } task)
        {
            yield break;
        }

        foreach (var container in taskDefinition.Containers().Where(container => container.At("Memory").AsInt() > task))
        {
            yield return new Fault(
                taskDefinition.Id,
                $"gives {TemplateReading.NameOf(container)} {container.At("Memory").AsText()} MiB of memory, and the task has {task}. "
                    + "Raise the Memory of the task, or lower the container's."
            );
        }

        // What counts for a container is its reservation, if it has one. A single one above the task's has been said.
        var reserved = taskDefinition
            .Containers()
            .Select(container => new Reserved(container, (container.At("MemoryReservation") ?? container.At("Memory")).AsInt() ?? 0))
            .ToArray();
        if (reserved.Sum(row => (long)row.Amount) > task && reserved.All(row => row.Amount <= task))
        {
            yield return new Fault(
                taskDefinition.Id,
                $"reserves {Sum(reserved)} MiB of memory for its containers, and the task has {task}. Raise the Memory of the task, or lower the containers'."
            );
        }
    }

    /// <summary>Other launch types than Fargate let containers share more CPU than there is.</summary>
    private static IEnumerable<Fault> Cpu(TemplateResource taskDefinition)
    {
        if (
            !taskDefinition.IsForFargate()
            || IsForWindows(taskDefinition)
            || Size(taskDefinition.Properties.At("Cpu"), "vCPU", UnitsPerVCpu) is not { } task
        )
        {
            yield break;
        }

        var reserved = taskDefinition.Containers().Select(container => new Reserved(container, container.At("Cpu").AsInt() ?? 0)).ToArray();
        if (reserved.Sum(row => (long)row.Amount) > task)
        {
            yield return new Fault(
                taskDefinition.Id,
                $"reserves {Sum(reserved)} CPU units for its containers, and the task has {task}. Raise the Cpu of the task, or lower the containers'."
            );
        }
    }

    private static IEnumerable<Fault> Times(TemplateResource taskDefinition)
    {
        foreach (var container in taskDefinition.Containers())
        {
            if (taskDefinition.IsForFargate() && container.At("StopTimeout").AsInt() is (< 2 or > 120) and var stop)
            {
                yield return new Fault(
                    taskDefinition.Id,
                    $"gives {TemplateReading.NameOf(container)} {stop} s to stop, and Fargate takes 2 to 120. Write such a StopTimeout."
                );
            }

            if (container.At("RestartPolicy", "RestartAttemptPeriod").AsInt() is (< 60 or > 1800) and var period)
            {
                yield return new Fault(
                    taskDefinition.Id,
                    $"restarts {TemplateReading.NameOf(container)} at most every {period} s, and ECS takes 60 to 1800. Write such a RestartAttemptPeriod."
                );
            }
        }
    }

    /// <summary>Windows does not look at the sizes of the task.</summary>
    private static bool IsForWindows(TemplateResource taskDefinition) =>
        taskDefinition.Properties.At("RuntimePlatform", "OperatingSystemFamily").AsText()?.StartsWith("WINDOWS", StringComparison.Ordinal)
        == true;

    /// <summary>A size of a task as a number, or as ECS also takes it: <c>1 GB</c>, <c>.5 vCPU</c>.</summary>
    private static int? Size(TemplateNode? node, string unit, int perUnit)
    {
        var text = node.AsText()?.Trim();
        return
            text?.EndsWith(unit, StringComparison.OrdinalIgnoreCase) == true
            && double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var units)
            ? (int)(units * perUnit)
            : node.AsInt();
    }

    private static string Sum(IEnumerable<Reserved> reserved)
    {
        var rows = reserved.Where(row => row.Amount > 0).ToArray();
        return $"{rows.Sum(row => (long)row.Amount)} ({string.Join(" + ", rows.Select(row => $"{row.Container.At("Name").AsText()} {row.Amount}"))})";
    }

    /// <summary>What a container has of its task for itself.</summary>
    private sealed record Reserved(TemplateMap Container, int Amount);
}
