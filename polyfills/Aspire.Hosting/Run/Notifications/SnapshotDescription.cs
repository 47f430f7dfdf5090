using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Notifications;

/// <summary>A resource's state in words, for whoever waited in vain.</summary>
internal static class SnapshotDescription
{
    public static string Of(ResourceNotificationService notifications, string resourceName)
    {
        if (!notifications.TryGetCurrentState(resourceName, out var current))
        {
            return $"Resource '{resourceName}' has no state, or several replicas.";
        }

        var snapshot = current.Snapshot;
        var text = new StringBuilder()
            .Append("- Current State: ").AppendLine(snapshot.State?.Text ?? "(none)")
            .Append("- Current Health: ").AppendLine(snapshot.HealthStatus?.ToString() ?? "(none)");
        if (snapshot.ExitCode is { } exitCode)
        {
            text.Append("- Exit Code: ").Append(exitCode).AppendLine();
        }
        foreach (var report in snapshot.HealthReports)
        {
            text.Append("- Health Check ").Append(report.Name).Append(": ")
                .AppendLine(report.Status?.ToString() ?? "not run yet");
            if (report.Description is { Length: > 0 } description)
            {
                text.Append("    ").AppendLine(description);
            }
        }
        foreach (var dependency in DependencyWait.WaitingFor(snapshot))
        {
            var state = notifications.TryGetCurrentState(dependency, out var other)
                ? $"{other.Snapshot.State?.Text ?? "(none)"}, {other.Snapshot.HealthStatus?.ToString() ?? "health unknown"}"
                : "(none)";
            text.Append("- Waiting For ").Append(dependency).Append(": ").AppendLine(state);
        }
        return text.ToString().TrimEnd();
    }
}
