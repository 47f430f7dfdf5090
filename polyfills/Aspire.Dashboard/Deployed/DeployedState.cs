using System.Collections.Immutable;
using System.Globalization;
using Aspire.Dashboard.Model;

namespace Aspire.Dashboard.Deployed;

/// <summary>
/// What of the model runs on AWS, read from the model's own resources: an environment adds, in run mode, one of type
/// <see cref="StackType"/> and below it, by a <c>Parent</c> relationship, one of type <see cref="ServiceType"/> for each service,
/// and says what it knows in snapshots: state, URLs, and the properties named here. So an environment needs nothing of this
/// dashboard, and any other dashboard of Aspire shows the same as resources.
/// </summary>
internal sealed record DeployedState(ImmutableArray<DeployedStack> Stacks)
{
    /// <summary>The type of the resource that stands for a stack. Its state is the stack's, as CloudFormation spells it, or <c>NotDeployed</c>.</summary>
    public const string StackType = "CloudFormationStack";

    /// <summary>The type of the resource that stands for a service. Its state is its last deployment's, as ECS spells it.</summary>
    public const string ServiceType = "EcsService";

    /// <summary>Of a stack, in sentences: what to do where nothing could be read.</summary>
    public const string Advice = "deployed.advice";

    /// <summary>Of a stack: the account and the region it is in, and when it was last changed.</summary>
    public const string Account = "deployed.account", Region = "deployed.region", Updated = "deployed.updated";

    /// <summary>Of a stack: who changed it last, why it is as it is, and services that it has and the model has no longer.</summary>
    public const string ChangedBy = "deployed.by", Reason = "deployed.reason", Left = "deployed.services.left";

    /// <summary>Of a stack: its alarms in a few words, and those that are in alarm, a line each.</summary>
    public const string Alarms = "deployed.alarms", ActiveAlarms = "deployed.alarms.active";

    /// <summary>Of a service: its name, where its resource has another.</summary>
    public const string Name = "deployed.service";

    /// <summary>Of a service: its tasks, a line each.</summary>
    public const string Tasks = "deployed.tasks";

    /// <summary>Of a service: how many tasks it wants, how many run and how many are on their way.</summary>
    public const string Desired = "deployed.tasks.desired", Running = "deployed.tasks.running", Pending = "deployed.tasks.pending";

    /// <summary>Of a service: family and revision of its task definition, the digest of its image, and when its last deployment began.</summary>
    public const string TaskDefinition = "deployed.taskDefinition", Image = "deployed.image", DeployedAt = "deployed.at";

    public static bool Is(DashboardResource resource) => resource.Type is StackType or ServiceType;

    public static DeployedState Of(IEnumerable<DashboardResource> resources)
    {
        var all = resources.Where(Is).OrderBy(resource => resource.Name, StringComparer.Ordinal).ToList();
        var services = all.Where(resource => resource.Type == ServiceType)
            .ToLookup(resource => resource.Relationships.FirstOrDefault(relationship => relationship.Type == "Parent")?.ResourceName);
        return new DeployedState(
        [
            .. all.Where(resource => resource.Type == StackType).Select(stack => new DeployedStack(
                stack, Text(stack, Account), Text(stack, Region), Text(stack, Updated), Text(stack, ChangedBy), Text(stack, Reason), Text(stack, Advice), Text(stack, Left),
                Text(stack, Alarms), Lines(stack, ActiveAlarms), [.. services[stack.DisplayName].Select(Service)])),
        ]);
    }

    private static DeployedService Service(DashboardResource resource) => new(
        resource, Text(resource, Name) ?? resource.DisplayName, Number(resource, Desired), Number(resource, Running), Number(resource, Pending),
        Lines(resource, Tasks),
        Text(resource, TaskDefinition), Text(resource, Image), Text(resource, DeployedAt), Text(resource, Reason));

    private static string? Text(DashboardResource resource, string name) =>
        resource.Properties.FirstOrDefault(property => property.Name == name)?.Value is { Length: > 0 } value ? value : null;

    private static ImmutableArray<string> Lines(DashboardResource resource, string name) =>
        [.. (Text(resource, name) ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static int? Number(DashboardResource resource, string name) =>
        int.TryParse(Text(resource, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A stack, where it is, what could not be read of it, and its services.</summary>
internal sealed record DeployedStack(
    DashboardResource Resource, string? Account, string? Region, string? Updated, string? ChangedBy, string? Reason, string? Advice, string? Left,
    string? Alarms, ImmutableArray<string> ActiveAlarms, ImmutableArray<DeployedService> Services)
{
    public bool IsDeployed => Advice is null && Resource.State is not (null or "NotDeployed");
}

/// <summary>A service as ECS has it.</summary>
internal sealed record DeployedService(
    DashboardResource Resource, string Name, int? Desired, int? Running, int? Pending, ImmutableArray<string> Tasks,
    string? TaskDefinition, string? Image, string? DeployedAt, string? Reason);
