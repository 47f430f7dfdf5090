using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Which services are created before which: what is referred to, since a client of Service Connect sees only what was there when it started, and what is waited for.</summary>
internal sealed class ServiceOrder(IReadOnlyDictionary<IResource, PublishedResource> published, EndpointReader endpoints, Refusals refusals)
{
    /// <summary>The names of those before each, in the order of names.</summary>
    public IReadOnlyDictionary<string, string[]> Read()
    {
        var before = published.Values.ToDictionary(resource => resource.Name, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var (client, connection) in endpoints.Connections)
        {
            before[client].Add(connection.Server);
        }

        foreach (var resource in published.Values)
        {
            foreach (var wait in resource.Resource.Annotations.OfType<WaitAnnotation>())
            {
                AddWait(resource, wait, before[resource.Name]);
            }
        }

        RefuseCycle(before);
        return before.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>Tasks with those first that others wait for: deploy runs them one after the other.</summary>
    public static IEnumerable<RunTask> InOrder(IReadOnlyList<RunTask> tasks, IReadOnlyDictionary<string, string[]> before)
    {
        HashSet<string> done = [];
        return tasks.SelectMany(WithThoseBefore);

        IEnumerable<RunTask> WithThoseBefore(RunTask task) => done.Add(task.Name)
            ? [.. tasks.Where(other => before[task.Name].Contains(other.Name)).SelectMany(WithThoseBefore), task]
            : [];
    }

    private void AddWait(PublishedResource resource, WaitAnnotation wait, SortedSet<string> before)
    {
        if (!published.TryGetValue(wait.Resource, out var other))
        {
            // Queues, buckets, secrets and parameters are in the foundation, which is there first; what is refused is refused elsewhere.
            return;
        }

        if (wait.WaitType == WaitType.WaitForCompletion && other.Service is not null)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' waits for '{other.Name}' to complete, and '{other.Name}' is a service, which never does. Make it a task (.PublishAsFargateTask()), or use WaitFor.");
        }
        else if (wait.WaitType == WaitType.WaitForCompletion && other.Task is { Schedule: not null })
        {
            refusals.Add(resource.Name, $"'{resource.Name}' waits for '{other.Name}' to complete, which runs on a schedule and not when the application is deployed. Take the wait away, or the schedule.");
        }
        else if (resource.Task is not null && other.Service is not null)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' is a task and waits for the service '{other.Name}', and tasks run before any service takes a new version. Take the wait away.");
        }
        else if (other.Service is not null || resource.Task is not null)
        {
            before.Add(other.Name);
        }
    }

    private void RefuseCycle(Dictionary<string, SortedSet<string>> before)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        List<string> path = [];
        foreach (var name in before.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name);
        }

        void Visit(string name)
        {
            if (path.IndexOf(name) is >= 0 and var start)
            {
                var cycle = string.Join(" → ", path[start..].Append(name).Select(member => $"'{member}'"));
                refusals.Add(name, $"Services refer to or wait for each other in a circle: {cycle}. A service sees by name only what was there before it. "
                    + "Let one of them go by a queue, or make one endpoint external and take its reference away.");
                return;
            }

            if (!done.Add(name))
            {
                return;
            }

            path.Add(name);
            foreach (var dependency in before[name])
            {
                Visit(dependency);
            }

            path.RemoveAt(path.Count - 1);
        }
    }
}
