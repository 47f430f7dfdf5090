namespace Aws.CloudFormation;

/// <summary>Resources of a template, and all others that those need.</summary>
public static class TemplateClosure
{
    private static readonly HashSet<string> s_policies = new(StringComparer.Ordinal)
    {
        "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::ManagedPolicy",
    };

    /// <summary>
    /// The resources themselves, what they refer to or depend on, what that needs in turn, and the policies of roles among them: a policy
    /// names its role, and never the other way round.
    /// </summary>
    /// <param name="resources">The resources of the template.</param>
    /// <param name="from">The logical ids to begin with. Those of no resource, such as parameters', are left out.</param>
    /// <returns>Their logical ids, each once.</returns>
    public static IReadOnlyList<string> Of(TemplateMap resources, IEnumerable<string> from)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(from);
        var found = new OrderedDictionary<string, TemplateNode>(StringComparer.Ordinal);
        var queue = new Queue<string>(from);
        while (true)
        {
            while (queue.TryDequeue(out var id))
            {
                if (resources[id] is not { } resource || !found.TryAdd(id, resource))
                {
                    continue;
                }

                foreach (var other in Needs(resource))
                {
                    queue.Enqueue(other);
                }
            }

            foreach (var (id, resource) in resources)
            {
                if (
                    !found.ContainsKey(id)
                    && s_policies.Contains(resource.At("Type").AsText() ?? "")
                    && resource.References().Any(found.ContainsKey)
                )
                {
                    queue.Enqueue(id);
                }
            }

            if (queue.Count == 0)
            {
                return [.. found.Keys];
            }
        }
    }

    /// <summary>The logical ids that a resource itself refers to, or depends on.</summary>
    /// <param name="resource">The resource.</param>
    public static IEnumerable<string> Needs(TemplateNode resource) =>
        resource
            .References()
            .Concat(
                resource.At("DependsOn") switch
                {
                    TemplateList list => list.Select(item => item.AsText()).OfType<string>(),
                    { } one when one.AsText() is { } id => [id],
                    _ => [],
                }
            );
}
