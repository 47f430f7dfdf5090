using System.Collections.Immutable;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What the tasks of a service may do, each by the line of the model that says so: its references, its volumes, what it is allowed besides.
/// </summary>
internal static class GrantReader
{
    public static ImmutableArray<Grant> Read(WorkloadDraft draft, Refusals refusals)
    {
        var resource = draft.Resource;
        List<Grant> grants = [];
        var references = resource.Resource.Annotations.OfType<AwsReferenceAnnotation>().GroupBy(reference => reference.Resource);
        foreach (
            var grant in references
                .Select(group => new { Data = group.Key.ToData(), Access = Together(group) })
                .OrderBy(grant => KeptTypes.OrderOf(grant.Data))
        )
        {
            if (grant.Data.RefuseAccess(resource.Name, grant.Access) is { } fault)
            {
                refusals.Add(resource.Name, fault);
            }

            grants.Add(new DataGrant(grant.Data, grant.Access, $"{resource.Name}.WithReference({grant.Data.Name}, {Flags(grant.Access)})"));
        }

        foreach (var volume in draft.Volumes.Where(volume => volume.FileSystem is not null))
        {
            var isReadOnly = draft.Mounts.Where(mount => mount.Volume == volume.Name).All(mount => mount.IsReadOnly);
            grants.Add(
                new DataGrant(
                    volume.FileSystem!,
                    isReadOnly ? VolumeAccess.Read : VolumeAccess.ReadWrite,
                    $"{resource.Name}.WithVolume({volume.FileSystem!.Name})"
                )
            );
        }

        foreach (var statement in resource.Options.Statements)
        {
            if (statement.Actions.Count == 0 || statement.Resources.Count == 0)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' allows a statement without actions or without resources. Name at least "
                        + "one of each: service.Allow(actions, resources)."
                );
            }
            else if (statement.Reason is null && statement.Resources.Contains("*"))
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' allows {string.Join(", ", statement.Actions)} on *. Name the ARNs, or say "
                        + "why it cannot be less: service.Allow(actions, [\"*\"], reason: \"…\")."
                );
            }

            grants.Add(new StatementGrant(statement, $"{resource.Name}: Allow" + (statement.Reason is { } reason ? $", {reason}" : "")));
        }

        return [.. grants];
    }

    /// <summary>What several references to one resource allow.</summary>
    private static Enum Together(IEnumerable<AwsReferenceAnnotation> references)
    {
        var all = references.Select(reference => reference.Access).ToList();
        return (Enum)Enum.ToObject(all[0].GetType(), all.Aggregate(0L, (flags, access) => flags | Convert.ToInt64(access, null)));
    }

    private static string Flags(Enum access) =>
        string.Join(" | ", access.ToString().Split(", ").Select(name => $"{access.GetType().Name}.{name}"));
}
