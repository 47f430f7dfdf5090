using System.Collections.Immutable;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>What is deployed of an application, and how it does.</summary>
internal sealed record ApplicationStatus
{
    public required StackStatus Foundation { get; init; }

    public required StackStatus Application { get; init; }

    /// <summary>The stack in us-east-1 with what CloudFront has there; null where there is none.</summary>
    public StackStatus? Edge { get; init; }

    /// <summary>The services of the model, in its order, then those that only AWS has.</summary>
    public required ImmutableArray<ServiceStatus> Services { get; init; }

    /// <summary>The databases and caches that AWS runs.</summary>
    public ImmutableArray<ManagedStatus> Managed { get; init; } = [];

    /// <summary>The front ends that are files, of those that are deployed.</summary>
    public ImmutableArray<SiteStatus> Sites { get; init; } = [];

    public required AlarmsStatus Alarms { get; init; }

    /// <summary>Whether it is destroyed but for its databases and brokers.</summary>
    public bool IsDataAlone => Application.Stack is not null && !Managed.IsEmpty && Services.All(service => service.Live is null);

    /// <summary>Whether a deploy or a rollout goes on.</summary>
    public bool IsChanging =>
        Application.Stack?.IsBusy == true
        || Foundation.Stack?.IsBusy == true
        || Edge?.Stack?.IsBusy == true
        || Services.Any(service => service.Live?.IsRolling == true);
}

/// <summary>A stack, where there is one, and whose deploy changed it last.</summary>
internal sealed record StackStatus(string Name, LiveStack? Stack, DeployToken? ChangedBy)
{
    /// <summary>The address of the application, where it has one.</summary>
    public string? Url => Stack?.Outputs.GetValueOrDefault("Url");

    /// <summary>The addresses that single services have beside it, by the outputs that say them: <c>SiteUrl</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> OtherUrls =>
        Stack is null
            ? []
            : Stack
                .Outputs.Where(output => output.Key.EndsWith("Url", StringComparison.Ordinal) && output.Key != "Url")
                .OrderBy(output => output.Key, StringComparer.Ordinal);
}

/// <summary>A service as ECS has it.</summary>
internal sealed record ServiceStatus
{
    public required string Name { get; init; }

    /// <summary>Whether the model has it: one that left the model stays until the next deploy.</summary>
    public required bool IsInModel { get; init; }

    /// <summary>What ECS has of it; null where it is not deployed.</summary>
    public LiveService? Live { get; init; }
}

/// <summary>A front end as its bucket has it.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Release">What browsers get; null where nothing was switched to yet.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Releases">How many there are to go back to, that one too.</param>
internal sealed record SiteStatus(string Name, string Bucket, string? Release, DateTime? Since, int Releases);

/// <summary>What ECS has of a service.</summary>
internal sealed record LiveService
{
    public required int Desired { get; init; }

    public required int Running { get; init; }

    public required int Pending { get; init; }

    /// <summary>Family and revision: <c>shop-api:7</c>.</summary>
    public required string TaskDefinition { get; init; }

    /// <summary>The state of the last deployment, as ECS spells it: <c>COMPLETED</c>; <c>unknown</c> where it says none.</summary>
    public required string Rollout { get; init; }

    /// <summary>Why the last deployment failed; null where it did not.</summary>
    public string? FailureReason { get; init; }

    /// <summary>When the last deployment began, UTC.</summary>
    public DateTime? DeployedAt { get; init; }

    public required ImmutableArray<LiveContainer> Containers { get; init; }

    public required ImmutableArray<LiveTask> Tasks { get; init; }

    public bool IsRolling => Rollout == "IN_PROGRESS";

    /// <summary>The image of the container that a service is there for, which has its name; a sidecar has another.</summary>
    public string? ImageOf(string service) =>
        (Containers.FirstOrDefault(container => container.Name == service) ?? Containers.FirstOrDefault())?.Image;
}

/// <summary>A container of a task definition.</summary>
internal sealed record LiveContainer(string Name, string Image);

/// <summary>A task that ECS runs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Its last state, as ECS spells it: <c>RUNNING</c>.</param>
/// <param name="TaskDefinition">Family and revision.</param>
/// <param name="Zone">The availability zone; null before it has one.</param>
/// <param name="Since">When it was started, or created where it was not yet; UTC.</param>
internal sealed record LiveTask(string Id, string State, string TaskDefinition, string? Zone, DateTime? Since);

/// <summary>The alarms of an application.</summary>
/// <param name="All">By what they are about.</param>
/// <param name="Unread">Why they could not be read; null where they were.</param>
internal sealed record AlarmsStatus(ImmutableArray<LiveAlarm> All, string? Unread = null)
{
    /// <summary>These, and those of another stack.</summary>
    public AlarmsStatus And(AlarmsStatus others) =>
        new([.. All.Concat(others.All).OrderBy(alarm => alarm.What, StringComparer.Ordinal)], Unread ?? others.Unread);

    public IEnumerable<LiveAlarm> Active => All.Where(alarm => alarm.State == "ALARM");

    /// <summary>In a few words: <c>1 in alarm, 5 OK</c>; null where there are none.</summary>
    public string? Summary =>
        Unread
        ?? (
            All.IsEmpty
                ? null
                : string.Join(
                    ", ",
                    All.GroupBy(alarm => alarm.State)
                        .OrderBy(group => group.Key, StringComparer.Ordinal)
                        .Select(group => $"{group.Count()} {Say(group.Key)}")
                )
        );

    private static string Say(string state) =>
        state switch
        {
            "ALARM" => "in alarm",
            "INSUFFICIENT_DATA" => "without data",
            _ => state,
        };
}

/// <summary>An alarm of CloudWatch.</summary>
/// <param name="What">What it is about, as its description says.</param>
/// <param name="State">Its state, as CloudWatch spells it: <c>ALARM</c>.</param>
/// <param name="Reason">Why it has that state, in CloudWatch's words.</param>
/// <param name="Since">Since when, UTC.</param>
internal sealed record LiveAlarm(string What, string State, string? Reason, DateTime? Since);
