using System.Collections.Immutable;
using Aspire.Dashboard.Model;

namespace Aspire.Dashboard.Resources;

/// <summary>A line of the resources' table: a resource, or what its replicas have in common.</summary>
/// <param name="Name">What the line is called.</param>
/// <param name="Resource">The resource; nothing for a line that only gathers replicas.</param>
/// <param name="Replicas">The replicas that the line gathers.</param>
/// <param name="Depth">How far it is moved in.</param>
/// <param name="HasChildren">Whether lines below belong to it.</param>
internal sealed record ResourceRow(string Name, DashboardResource? Resource, ImmutableArray<DashboardResource> Replicas, int Depth, bool HasChildren)
{
    /// <summary>The resource itself, or the first of the replicas: what sorts the line.</summary>
    public DashboardResource First => Resource ?? Replicas[0];

    /// <summary>What collapses with the line.</summary>
    public string Key => First.DisplayName;
}

/// <summary>How the table is sorted.</summary>
internal enum ResourceSort
{
    Name,
    State,
    Started,
    Type,
}

/// <summary>Puts resources into lines: replicas under one, children under their parent.</summary>
internal static class ResourceRows
{
    private const int MaxDepth = 8;

    public static ImmutableArray<ResourceRow> Of(
        IReadOnlyCollection<DashboardResource> resources, IReadOnlySet<string> collapsed, ResourceSort sort, bool descending)
    {
        var groups = resources.GroupBy(resource => resource.DisplayName).ToDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        var children = groups.Values.Select(group => group[0])
            .Select(resource => (resource.DisplayName, Parent: ParentOf(resource)))
            .Where(pair => pair.Parent is not null && pair.Parent != pair.DisplayName && groups.ContainsKey(pair.Parent))
            .ToLookup(pair => pair.Parent!, pair => pair.DisplayName, StringComparer.Ordinal);
        var below = children.SelectMany(group => group).ToHashSet(StringComparer.Ordinal);
        var rows = ImmutableArray.CreateBuilder<ResourceRow>(resources.Count);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        AddAll(groups.Keys.Where(name => !below.Contains(name)), 0, isVisible: true);
        // Parents in a circle have nobody above them: they are shown all the same.
        AddAll(groups.Keys.Where(name => !placed.Contains(name)), 0, isVisible: true);
        return rows.ToImmutable();

        void AddAll(IEnumerable<string> names, int depth, bool isVisible)
        {
            foreach (var name in Sorted(names.Select(name => groups[name]), sort, descending).Select(group => group[0].DisplayName))
            {
                if (placed.Add(name))
                {
                    Add(name, depth, isVisible);
                }
            }
        }

        void Add(string name, int depth, bool isVisible)
        {
            var group = groups[name];
            var isOpen = !collapsed.Contains(name);
            if (!isVisible)
            {
                // Below a line that is closed: it has its place, and is not seen.
            }
            else if (group.Length == 1)
            {
                rows.Add(new ResourceRow(group[0].Name, group[0], [], depth, children.Contains(name)));
            }
            else
            {
                rows.Add(new ResourceRow(name, null, group, depth, HasChildren: true));
                rows.AddRange(isOpen ? group.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => new ResourceRow(r.Name, r, [], depth + 1, false)) : []);
            }

            if (depth < MaxDepth)
            {
                AddAll(children[name], depth + 1, isVisible && isOpen);
            }
        }
    }

    private static string? ParentOf(DashboardResource resource) =>
        resource.Relationships.FirstOrDefault(relationship => relationship.Type == "Parent")?.ResourceName;

    private static IEnumerable<ImmutableArray<DashboardResource>> Sorted(IEnumerable<ImmutableArray<DashboardResource>> groups, ResourceSort sort, bool descending)
    {
        var byName = groups.OrderBy(group => group[0].DisplayName, StringComparer.OrdinalIgnoreCase);
        return sort switch
        {
            ResourceSort.State => Order(byName, group => group[0].State),
            ResourceSort.Started => Order(byName, group => group[0].Started),
            ResourceSort.Type => Order(byName, group => group[0].Type),
            _ => descending ? byName.Reverse() : byName,
        };

        IEnumerable<ImmutableArray<DashboardResource>> Order<TKey>(IEnumerable<ImmutableArray<DashboardResource>> source, Func<ImmutableArray<DashboardResource>, TKey> key) =>
            descending ? source.OrderByDescending(key) : source.OrderBy(key);
    }
}
