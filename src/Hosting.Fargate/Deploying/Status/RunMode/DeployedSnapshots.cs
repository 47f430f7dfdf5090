using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>What is deployed as the state of a resource.</summary>
internal static class DeployedSnapshots
{
    private const string Application = "Application";
    private static readonly ResourceStateSnapshot s_notDeployed = new("NotDeployed", KnownResourceStateStyles.Info);

    /// <summary>Before the first look. The dashboard orders by type: a stack comes after projects and containers, which run here.</summary>
    public static CustomResourceSnapshot Initial() =>
        Unread(
            new CustomResourceSnapshot
            {
                ResourceType = "Stack",
                Properties = [],
                IsHidden = true,
            },
            "Looking at what is deployed …"
        );

    /// <summary>Where nothing could be read: what was read before may be so no longer.</summary>
    public static CustomResourceSnapshot Unread(CustomResourceSnapshot snapshot, string advice) =>
        snapshot with
        {
            State = new ResourceStateSnapshot("Unknown", KnownResourceStateStyles.Warn),
            Urls = [],
            Properties = Properties(("advice", "What to do", advice)),
        };

    /// <summary>Where it could. A stack that was found once stays in sight when it is gone.</summary>
    public static CustomResourceSnapshot Read(CustomResourceSnapshot snapshot, ApplicationStatus status, AwsAccount account)
    {
        (string, string, string?)[] where =
        [
            (CustomResourceKnownProperties.Source, "Source", $"{account.Region}, account {account.Id}"),
            ("region", "Region", account.Region),
            ("account", "Account", account.Id),
        ];
        if (status.Application.Stack is not { } stack)
        {
            var advice =
                $"There is no stack '{status.Application.Name}' in account {account.Id}, {account.Region}. "
                + "'dotnet run -- deploy' in the AppHost's folder makes it.";
            return snapshot with
            {
                State = s_notDeployed,
                Urls = [],
                Properties = Properties([.. where, ("advice", "What to do", advice)]),
            };
        }

        return snapshot with
        {
            IsHidden = false,
            State = StateOf(stack, status),
            StartTimeStamp = stack.LastChanged?.ToUniversalTime(),
            Urls = Urls(status, stack, new ConsoleLinks(account.Partition, account.Region)),
            Properties = Properties([
                .. where,
                ("stack", "Stack", $"{stack.Name}: {stack.Status.Value}"),
                ("reason", "Reason", stack.StatusReason),
                ("by", "Changed by", status.Application.ChangedBy is { } by ? $"{by.User} on {by.Host}" : null),
                .. status.Services.Select(service => ($"service.{service.Name}", service.Name, (string?)Describe(service))),
                .. status.Managed.Select(managed =>
                    ($"managed.{managed.ModelId}", managed.ModelName ?? managed.ModelId, (string?)$"{managed.What}, {managed.State}")
                ),
                ("alarms", "Alarms", status.Alarms.Summary),
            ]),
        };
    }

    /// <summary>In the words of the dashboard: it knows how what is <c>Running</c> does.</summary>
    private static ResourceStateSnapshot StateOf(LiveStack stack, ApplicationStatus status) =>
        stack.Status.Value switch
        {
            "CREATE_IN_PROGRESS" => new("Creating", KnownResourceStateStyles.Info),
            "DELETE_IN_PROGRESS" => new("Deleting", KnownResourceStateStyles.Info),
            var rolling when rolling.Contains("ROLLBACK") && stack.IsBusy => new("RollingBack", KnownResourceStateStyles.Warn),
            _ when stack.IsBusy => new("Updating", KnownResourceStateStyles.Info),
            _ when !stack.HoldsResources => s_notDeployed,
            _ when status.Services.Any(service => service.Live?.Rollout == "FAILED") => new("Failed", KnownResourceStateStyles.Error),
            _ when status.IsChanging => new("Updating", KnownResourceStateStyles.Info),
            "UPDATE_ROLLBACK_COMPLETE" => new("RolledBack", KnownResourceStateStyles.Warn),
            _ when stack.HasSucceeded && status.IsDataAlone => new("DataOnly", KnownResourceStateStyles.Info),
            _ when stack.HasSucceeded => new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            _ => new("Failed", KnownResourceStateStyles.Error),
        };

    private static string Describe(ServiceStatus service)
    {
        if (service.Live is not { } live)
        {
            return "not deployed";
        }

        var pending = live.Pending == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {live.Pending} pending");
        var rollout = live.Rollout == "COMPLETED" ? "" : $", rollout {live.Rollout}";
        var reason = live.FailureReason is null ? "" : $" ({live.FailureReason})";
        var left = service.IsInModel ? "" : ", no longer in the model";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{live.Running} of {live.Desired} running{pending}, {live.TaskDefinition}{rollout}{reason}{left}"
        );
    }

    /// <summary>The address beside the name; the console in the details, unless there is nothing else to show.</summary>
    private static ImmutableArray<UrlSnapshot> Urls(ApplicationStatus status, LiveStack stack, ConsoleLinks console)
    {
        (string Name, string? Url)[] urls =
        [
            (Application, status.Application.Url),
            .. status.Application.OtherUrls.Select(other => (other.Key, (string?)other.Value)),
            ("Stack", console.Stack(stack.Id)),
            ("Foundation", status.Foundation.Stack is { } foundation ? console.Stack(foundation.Id) : null),
            ("Edge", status.Edge?.Stack is { } edge ? console.In(CloudFrontDistribution.CertificateRegion).Stack(edge.Id) : null),
            .. status
                .Services.Where(service => service.Live is not null)
                .SelectMany(service =>
                    new (string, string?)[]
                    {
                        ($"{service.Name}: service", console.Service(status.Application.Name, service.Name)),
                        ($"{service.Name}: logs", console.LogGroup(TaskLog.GroupOf(status.Application.Name, service.Name))),
                        ($"{service.Name}: traces", console.Traces(service.Name)),
                    }
                ),
            ("Dashboard", console.Dashboard(stack.Name)),
            ("Alarms", console.Alarms()),
            ("Alarms of CloudFront", status.Edge?.Stack is null ? null : console.In(CloudFrontDistribution.CertificateRegion).Alarms()),
            ("Trace map", console.TraceMap()),
        ];
        var there = urls.Where(url => !string.IsNullOrEmpty(url.Url)).ToArray();
        return
        [
            .. there
                .Index()
                .Select(url => new UrlSnapshot(url.Item.Name, url.Item.Url!, IsInternal: url.Index > status.Application.OtherUrls.Count())
                {
                    // Without a name the address itself is shown.
                    DisplayProperties = new UrlDisplayPropertiesSnapshot(
                        url.Item.Name == Application ? "" : url.Item.Name,
                        SortOrder: there.Length - url.Index
                    ),
                }),
        ];
    }

    /// <summary>Those that have a value, in this order.</summary>
    private static ImmutableArray<ResourcePropertySnapshot> Properties(
        params (string Name, string DisplayName, string? Value)[] properties
    ) =>
        [
            .. properties
                .Index()
                .Where(property => !string.IsNullOrEmpty(property.Item.Value))
                .Select(property =>
                    property.Item.Name == CustomResourceKnownProperties.Source
                        ? new ResourcePropertySnapshot(property.Item.Name, property.Item.Value)
                        : new ResourcePropertySnapshot(property.Item.Name, property.Item.Value)
                        {
                            DisplayName = property.Item.DisplayName,
                            IsHighlighted = true,
                            SortOrder = property.Index,
                        }
                ),
        ];
}
