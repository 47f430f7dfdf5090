using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Deploying.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Deploying.Stacks;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>What is deployed as the state of resources. The properties are those that the dashboard's page of it reads.</summary>
internal static class DeployedSnapshots
{
    private const string NotDeployed = "NotDeployed";
    private const string Unknown = "Unknown";

    /// <summary>A stack before the first look.</summary>
    public static CustomResourceSnapshot InitialStack() =>
        Unread(new CustomResourceSnapshot { ResourceType = "CloudFormationStack", Properties = [], IsHidden = true }, "Looking at what is deployed …");

    /// <summary>A service before the first look.</summary>
    public static CustomResourceSnapshot InitialService(DeployedServiceResource service) =>
        Unread(new CustomResourceSnapshot { ResourceType = "EcsService", Properties = [], IsHidden = true }, service);

    /// <summary>A stack of which nothing could be read: what was read before may be so no longer.</summary>
    public static CustomResourceSnapshot Unread(CustomResourceSnapshot snapshot, string advice) =>
        snapshot with { State = Unknown, Urls = [], Properties = Properties(("deployed.advice", "What to do", advice)) };

    /// <summary>A service of which nothing could be read.</summary>
    public static CustomResourceSnapshot Unread(CustomResourceSnapshot snapshot, DeployedServiceResource service) =>
        snapshot with { State = Unknown, Urls = [], Properties = Properties(NameOf(service)) };

    public static CustomResourceSnapshot Stack(CustomResourceSnapshot snapshot, ApplicationStatus status, AwsAccount account)
    {
        var console = new ConsoleLinks(account.Partition, account.Region);
        (string, string, string?)[] where = [("deployed.region", "Region", account.Region), ("deployed.account", "Account", account.Id)];
        if (status.Application.Stack is not { } stack)
        {
            var advice = $"There is no stack '{status.Application.Name}' in account {account.Id}, {account.Region}. 'dotnet run -- deploy' in the AppHost's folder makes it.";
            return snapshot with { State = NotDeployed, Urls = [], Properties = Properties([.. where, ("deployed.advice", "What to do", advice)]) };
        }

        return snapshot with
        {
            State = new ResourceStateSnapshot(stack.Status.Value, StyleOf(stack)),
            Urls = Urls(
                ("Application", status.Application.Url),
                ("Stack", console.Stack(stack.Id)),
                ("Foundation", status.Foundation.Stack is { } foundation ? console.Stack(foundation.Id) : null),
                ("Dashboard", console.Dashboard(stack.Name)),
                ("Alarms", console.Alarms()),
                ("Trace map", console.TraceMap())),
            Properties = Properties(
            [
                .. where,
                ("deployed.updated", "Last changed", Time(stack.LastChanged)),
                ("deployed.by", "Changed by", status.Application.ChangedBy is { } by ? $"{by.User} on {by.Host}" : null),
                ("deployed.reason", "Reason", stack.StatusReason),
                ("deployed.alarms", "Alarms", status.Alarms.Summary),
                ("deployed.alarms.active", "In alarm", string.Join('\n', status.Alarms.Active.Select(alarm => $"{alarm.What}, since {Time(alarm.Since)}"))),
                ("deployed.services.left", "No longer in the model", string.Join(", ", status.Services.Where(service => !service.IsInModel).Select(service => service.Name))),
            ]),
        };
    }

    public static CustomResourceSnapshot Service(CustomResourceSnapshot snapshot, DeployedServiceResource service, ApplicationStatus status, AwsAccount account)
    {
        if (status.Services.First(other => other.Name == service.Service).Live is not { } live)
        {
            return snapshot with { State = NotDeployed, Urls = [], Properties = Properties(NameOf(service)) };
        }

        var console = new ConsoleLinks(account.Partition, account.Region);
        var application = status.Application.Name;
        return snapshot with
        {
            State = new ResourceStateSnapshot(live.Rollout, StyleOf(live)),
            Urls = Urls(
                ("Service", console.Service(application, service.Service)),
                ("Logs", console.LogGroup(TaskLog.GroupOf(application, service.Service))),
                ("Traces", console.Traces(service.Service))),
            Properties = Properties(
                NameOf(service),
                ("deployed.tasks.desired", "Tasks wanted", Number(live.Desired)),
                ("deployed.tasks.running", "Tasks running", Number(live.Running)),
                ("deployed.tasks.pending", "Tasks pending", Number(live.Pending)),
                ("deployed.tasks", "Tasks", string.Join('\n', live.Tasks.Select(task => Describe(task, live)))),
                ("deployed.taskDefinition", "Task definition", live.TaskDefinition),
                ("deployed.image", "Image", live.ImageOf(service.Service)),
                ("deployed.at", "Last deployment", Time(live.DeployedAt)),
                ("deployed.reason", "Reason", live.FailureReason)),
        };
    }

    private static (string, string, string?) NameOf(DeployedServiceResource service) => ("deployed.service", "Service", service.Service);

    /// <summary>In a line that fits a column: its revision is said where it is another than the service's.</summary>
    private static string Describe(LiveTask task, LiveService service)
    {
        var revision = task.TaskDefinition == service.TaskDefinition ? "" : $", {task.TaskDefinition}";
        var zone = task.Zone is null ? "" : $", {task.Zone}";
        return $"{task.Id[..Math.Min(task.Id.Length, 8)]}: {task.State}{revision}{zone}, since {Time(task.Since)}";
    }

    private static string? StyleOf(LiveStack stack) =>
        stack.HasSucceeded ? KnownResourceStateStyles.Success
        : stack.Status.Value is "UPDATE_ROLLBACK_COMPLETE" ? KnownResourceStateStyles.Warn
        : stack.IsBusy ? KnownResourceStateStyles.Info
        : stack.HoldsResources ? KnownResourceStateStyles.Error
        : null;

    private static string StyleOf(LiveService service) => service switch
    {
        { Rollout: "FAILED" } => KnownResourceStateStyles.Error,
        { IsRolling: true } => KnownResourceStateStyles.Info,
        _ when service.Running < service.Desired => KnownResourceStateStyles.Warn,
        _ => KnownResourceStateStyles.Success,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As the rest of the dashboard has it: the time of where it is looked at.</summary>
    private static string? Time(DateTime? time) => time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static ImmutableArray<UrlSnapshot> Urls(params (string Name, string? Url)[] urls) =>
    [
        .. urls.Index().Where(url => !string.IsNullOrEmpty(url.Item.Url)).Select(url => new UrlSnapshot(url.Item.Name, url.Item.Url!, IsInternal: false)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.Item.Name, SortOrder: urls.Length - url.Index),
        }),
    ];

    /// <summary>Those that have a value.</summary>
    private static ImmutableArray<ResourcePropertySnapshot> Properties(params (string Name, string DisplayName, string? Value)[] properties) =>
    [
        .. properties.Where(property => !string.IsNullOrEmpty(property.Value))
            .Select(property => new ResourcePropertySnapshot(property.Name, property.Value) { DisplayName = property.DisplayName }),
    ];
}
