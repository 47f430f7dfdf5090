using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What is there before what: what is referred to, since a client of Service Connect sees only what was there when it started and a task
/// wants its database, and what is waited for.
/// </summary>
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

    /// <summary>
    /// Tasks with those first that others wait for, themselves or by a service that they need: deploy runs them one after the other.
    /// </summary>
    public static IEnumerable<RunTask> InOrder(IReadOnlyList<RunTask> tasks, IReadOnlyDictionary<string, string[]> before)
    {
        HashSet<string> done = [];
        return tasks.SelectMany(task => WithThoseBefore(task.Name));

        IEnumerable<RunTask> WithThoseBefore(string name) => done.Add(name)
            ? [.. before[name].OrderBy(PlaceOf).ThenBy(other => other, StringComparer.Ordinal).SelectMany(WithThoseBefore),
                .. tasks.Where(task => task.Name == name)]
            : [];

        int PlaceOf(string name) => tasks.Select(task => task.Name).ToList().IndexOf(name);
    }

    private void AddWait(PublishedResource resource, WaitAnnotation wait, SortedSet<string> before)
    {
        if (Published(wait.Resource) is not { } other || other == resource)
        {
            // Queues, buckets, secrets and parameters are in the foundation, which is there first; what is refused is refused elsewhere.
            return;
        }

        if (wait.WaitType != WaitType.WaitForCompletion)
        {
            before.Add(other.Name);
        }
        else if (other.Service is not null)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' waits for '{other.Name}' to complete, and '{other.Name}' is a service "
                + "(PublishAsFargateService), which never does. Take that away, or make it PublishAsFargateTask; or use WaitFor.");
        }
        else if (other.Task is { Schedule: not null })
        {
            refusals.Add(resource.Name, $"'{resource.Name}' waits for '{other.Name}' to complete, which runs on a schedule and not when "
                + $"the application is deployed. Take the wait away, or the schedule.");
        }
        else if (wait.ExitCode != 0)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' waits for '{other.Name}' to end with the exit code {wait.ExitCode}, and a "
                + "deploy goes on after 0 alone. Let it end with 0.");
        }
        else
        {
            before.Add(other.Name);
        }
    }

    /// <summary>What runs of what is waited for: a database is there where its server is.</summary>
    private PublishedResource? Published(IResource resource) =>
        published.TryGetValue(resource, out var found) ? found
        : resource is IResourceWithParent { Parent: var parent } ? Published(parent)
        : null;

    private void RefuseCycle(Dictionary<string, SortedSet<string>> before)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        List<string> path = [];
        foreach (var name in before.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name);
        }

        bool IsTask(string name) => published.Values.Any(resource => resource.Name == name && resource.Task is not null);

        void Visit(string name)
        {
            if (path.IndexOf(name) is >= 0 and var start)
            {
                var cycle = string.Join(" → ", path[start..].Append(name).Select(member => $"'{member}'"));
                var reasons = endpoints.Connections.Where(pair => path.IndexOf(pair.Client) >= start
                    && path.IndexOf(pair.Connection.Server) >= start)
                    .Select(pair => pair.Connection.Reason).Distinct().Order(StringComparer.Ordinal).ToList();
                refusals.Add(name, path[start..].Exists(IsTask)
                    ? $"A task and what it needs wait for each other: {cycle}. A task runs before what waits for it, and after what it "
                        + "refers to or waits for. Take one of the waits away."
                    : $"Services refer to each other by internal names, or wait for each other, in a circle: "
                        + $"{cycle}{(reasons.Count == 0 ? "" : $" ({string.Join("; ", reasons)})")}. A service sees by name only what was "
                        + "there before it. What is for a browser, or is compared with what a browser has, is a public address: make that "
                        + "endpoint external (WithExternalHttpEndpoints) and give it by WithEnvironment(…, GetEndpoint(…)). Else let one "
                        + "of them go by a queue, or take a reference or a WaitFor away.");
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
