using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What is there before what: what is referred to, since a client of Service Connect sees only what was there when it started and a task
/// wants its database, and what is waited for.
/// </summary>
internal sealed class ServiceOrder(IReadOnlyDictionary<IResource, PublishedResource> published, EndpointReader endpoints, Refusals refusals)
{
    private readonly HashSet<ClientAndServer> _waits = [];
    private readonly HashSet<ClientAndServer> _byDns = [];

    public CallOrder Read()
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

        while (FindCircle(before) is { } circle)
        {
            if (Open(circle) is not { } call)
            {
                Refuse(circle);
                break;
            }

            _byDns.Add(call);
            before[call.Client].Remove(call.Server);
        }

        return new CallOrder(before.Keys.ToDictionary(name => name, name => before[name].ToArray()), _byDns);
    }

    /// <summary>
    /// Tasks with those first that others wait for, themselves or by a service that they need: deploy runs them one after the other.
    /// </summary>
    public static IEnumerable<TaskSpec> InOrder(IReadOnlyList<TaskSpec> tasks, IReadOnlyDictionary<string, string[]> before)
    {
        HashSet<string> done = [];
        return tasks.SelectMany(task => WithThoseBefore(task.Name));

        IEnumerable<TaskSpec> WithThoseBefore(string name) =>
            done.Add(name)
                ?
                [
                    .. before[name].OrderBy(PlaceOf).ThenBy(other => other, StringComparer.Ordinal).SelectMany(WithThoseBefore),
                    .. tasks.Where(task => task.Name == name),
                ]
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
            _waits.Add(new(resource.Name, other.Name));
            before.Add(other.Name);
        }
        else if (other.Service is not null)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' waits for '{other.Name}' to complete, and '{other.Name}' is a service "
                    + "(PublishAsFargateService), which never does. Take that away, or make it PublishAsFargateTask; or use WaitFor."
            );
        }
        else if (other.Task is { Schedule: not null })
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' waits for '{other.Name}' to complete, which runs on a schedule and not when "
                    + $"the application is deployed. Take the wait away, or the schedule."
            );
        }
        else if (wait.ExitCode != 0)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' waits for '{other.Name}' to end with the exit code {wait.ExitCode}, and a "
                    + "deploy goes on after 0 alone. Let it end with 0."
            );
        }
        else
        {
            _waits.Add(new(resource.Name, other.Name));
            before.Add(other.Name);
        }
    }

    /// <summary>What runs of what is waited for: a database is there where its server is.</summary>
    private PublishedResource? Published(IResource resource) =>
        published.TryGetValue(resource, out var found) ? found
        : resource is IResourceWithParent { Parent: var parent } ? Published(parent)
        : null;

    /// <summary>The names of a circle, each after the one that needs it, the first at the end again; null where there is none.</summary>
    private static List<string>? FindCircle(Dictionary<string, SortedSet<string>> before)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        List<string> path = [];
        return before.Keys.Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(circle => circle is not null);

        List<string>? Visit(string name)
        {
            if (path.IndexOf(name) is >= 0 and var start)
            {
                return [.. path[start..], name];
            }

            if (!done.Add(name))
            {
                return null;
            }

            path.Add(name);
            var circle = before[name].Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return circle;
        }
    }

    /// <summary>
    /// The call of a circle that can go by DNS, where a name is looked up when it is called and not when its client starts: one service
    /// calls another, and does not wait for it. Null where there is none.
    /// </summary>
    private ClientAndServer? Open(List<string> circle)
    {
        for (var last = circle.Count - 1; last > 0; last--)
        {
            var call = new ClientAndServer(circle[last - 1], circle[last]);
            if (!_waits.Contains(call) && IsConnected(call.Client) && IsConnected(call.Server))
            {
                return call;
            }
        }

        return null;
    }

    private void Refuse(List<string> circle)
    {
        var members = string.Join(" → ", circle.Select(member => $"'{member}'"));
        var reasons = endpoints
            .Connections.Where(pair => circle.Contains(pair.Client) && circle.Contains(pair.Connection.Server))
            .Select(pair => pair.Connection.Reason)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        refusals.Add(
            circle[0],
            circle.Exists(IsTask)
                ? $"A task and what it needs wait for each other: {members}. A task runs before what waits for it, and after what it refers to "
                    + "or waits for. Take one of the waits away."
                : $"Services wait for each other in a circle: {members}{(reasons.Count == 0 ? "" : $" ({string.Join("; ", reasons)})")}. "
                    + "Take a WaitFor away: to refer to each other they need none."
        );
    }

    private bool IsTask(string name) => published.Values.Any(resource => resource.Name == name && resource.Task is not null);

    private bool IsConnected(string name) => published.Values.Any(resource => resource.Name == name && resource.IsConnected);
}

/// <summary>What is there before what.</summary>
/// <param name="Before">The names of those before each, in the order of names.</param>
/// <param name="ByDns">Who calls whom by a name in DNS, since both would have to be there before the other.</param>
internal sealed record CallOrder(IReadOnlyDictionary<string, string[]> Before, HashSet<ClientAndServer> ByDns);
