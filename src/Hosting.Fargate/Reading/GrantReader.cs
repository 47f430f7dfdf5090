using System.Collections.Immutable;
using Hosting.Fargate.Application;

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
        foreach (var group in resource.Resource.Annotations.OfType<QueueReferenceAnnotation>().GroupBy(reference => reference.Queue))
        {
            var access = group.Aggregate(default(QueueAccess), (all, reference) => all | reference.Access);
            if (access.HasFlag(QueueAccess.ConsumeDeadLetters) && group.Key.MaxReceives is null)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' is to consume the dead letters of '{group.Key.Name}', which has no "
                        + "dead-letter queue here. Leave QueueAccess.ConsumeDeadLetters out."
                );
            }

            grants.Add(
                new QueueGrant(
                    AwsResourceReader.Read(group.Key),
                    access,
                    $"{resource.Name}.WithReference({group.Key.Name}, " + $"{Flags(access)})"
                )
            );
        }

        foreach (var group in resource.Resource.Annotations.OfType<BucketReferenceAnnotation>().GroupBy(reference => reference.Bucket))
        {
            var access = group.Aggregate(default(BucketAccess), (all, reference) => all | reference.Access);
            grants.Add(
                new BucketGrant(
                    AwsResourceReader.Read(group.Key),
                    access,
                    $"{resource.Name}.WithReference({group.Key.Name}, " + $"{Flags(access)})"
                )
            );
        }

        foreach (var volume in draft.Volumes.Where(volume => volume.FileSystem is not null))
        {
            var isReadOnly = draft.Mounts.Where(mount => mount.Volume == volume.Name).All(mount => mount.IsReadOnly);
            grants.Add(new VolumeGrant(volume, isReadOnly, $"{resource.Name}.WithVolume({volume.FileSystem!.Name})"));
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

    private static string Flags<T>(T access)
        where T : struct, Enum => string.Join(" | ", access.ToString().Split(", ").Select(name => $"{typeof(T).Name}.{name}"));
}
