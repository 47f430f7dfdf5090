using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What calling the model's callbacks gave. Kept until it is known who calls whom.</summary>
internal sealed record WorkloadDraft(
    PublishedResource Resource,
    Architecture Architecture,
    BuiltImage? Built,
    IReadOnlyList<EnvironmentVariable> Variables,
    ImmutableArray<Value> Command,
    ImmutableArray<Volume> Volumes,
    ImmutableArray<Mount> Mounts
)
{
    /// <summary>
    /// Whether two tasks at once would write the same files: there is one then, and the old one ends before the new one starts.
    /// </summary>
    public bool IsAloneOnVolume => Resource.Resource is ContainerResource && VolumeRules.Written(this).Any();

    /// <summary>The draft with what the service calls itself and others decided.</summary>
    public WorkloadDraft Settle(Func<OpenAddress, Value> decide) =>
        this with
        {
            Variables = [.. Variables.Select(variable => variable with { Value = variable.Value.Settle(decide) })],
            Command = [.. Command.Select(argument => argument.Settle(decide))],
        };
}
