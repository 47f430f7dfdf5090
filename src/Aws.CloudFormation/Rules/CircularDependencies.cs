namespace Aws.CloudFormation;

/// <summary>Resources that each need the other first, which CloudFormation cannot create.</summary>
internal static class CircularDependencies
{
    public static IEnumerable<Fault> Check(Template template)
    {
        var dependencies = template.Dependencies();
        HashSet<string> done = new(StringComparer.Ordinal);
        HashSet<string> reported = new(StringComparer.Ordinal);
        foreach (var id in dependencies.Keys)
        {
            foreach (var circle in Circles(id, [], dependencies, done))
            {
                // Circles that share a resource are one thing to look at.
                if (!circle.Any(reported.Contains))
                {
                    reported.UnionWith(circle);
                    yield return new Fault(
                        circle[0],
                        $"is needed before itself: {string.Join(" needs ", circle.Append(circle[0]))}. Take away one of these references or DependsOn, "
                            + "or make it a resource of its own, as AWS::EC2::SecurityGroupIngress is one."
                    );
                }
            }
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Circles(
        string id,
        List<string> path,
        OrderedDictionary<string, IReadOnlyList<string>> dependencies,
        HashSet<string> done
    )
    {
        if (path.IndexOf(id) is >= 0 and var start)
        {
            yield return path[start..];
            yield break;
        }

        if (done.Contains(id))
        {
            yield break;
        }

        path.Add(id);
        foreach (var circle in dependencies[id].SelectMany(next => Circles(next, path, dependencies, done)))
        {
            yield return circle;
        }

        path.RemoveAt(path.Count - 1);
        done.Add(id);
    }
}
