using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Text that names another resource of the model as containers find each other on a laptop, by its name and the port of its container:
/// <c>http://minio:9000</c>, <c>kafka:9092</c>, or the name alone in a variable for a host. It is as good as a reference to the endpoint.
/// </summary>
internal sealed class HostNames
{
    private readonly Dictionary<string, Target> _targets;
    private readonly ManagedServers _managed;
    private readonly EndpointReader _endpoints;
    private readonly Regex? _names;
    private readonly List<Notice> _notices = [];

    public HostNames(IEnumerable<PublishedResource> published, ManagedServers managed, EndpointReader endpoints)
    {
        _managed = managed;
        _endpoints = endpoints;
        _targets = ByName(
            published
                .Where(resource => resource.IsConnected && resource.Resource is IResourceWithEndpoints)
                .Select(resource => new Target((IResourceWithEndpoints)resource.Resource, resource.Endpoints))
                .Concat(managed.Taken.Select(resource => new Target(resource, PublishedEndpoint.Of(resource, new Refusals()))))
                .ToList()
        );
        var any = string.Join('|', _targets.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape));
        _names =
            _targets.Count == 0
                ? null
                : new Regex(
                    $@"(?<![\w+.-])(?<scheme>[a-z][a-z0-9.]*)://(?:[^/@\s""']*@)?(?<name>{any})(?::(?<port>\d{{1,5}}))?(?=[/\s""',;?)]|$)"
                        + $@"|(?<![\w.\-:/])(?<name>{any}):(?<port>\d{{2,5}})(?![\w.])"
                        + $@"|\b(?:host|server|data ?source)\s*=\s*(?:tcp:)?(?<name>{any})(?=[;,\s]|$)",
                    RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
                );
    }

    public IEnumerable<Notice> Notices => _notices.Distinct();

    /// <summary>
    /// By each name that an engine on a laptop knows it by: its own, one of the model's (WithContainerName), an alias
    /// (WithContainerNetworkAlias).
    /// </summary>
    private static Dictionary<string, Target> ByName(List<Target> targets)
    {
        var all = targets.ToDictionary(target => target.Resource.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var target in targets)
        {
            foreach (var alias in target.Resource.Annotations.OfType<ContainerNetworkAliasAnnotation>())
            {
                all.TryAdd(alias.Alias, target);
            }

            if (target.Resource.Annotations.OfType<ContainerNameAnnotation>().LastOrDefault() is { Name: { } name })
            {
                all.TryAdd(name, target);
            }
        }

        return all;
    }

    /// <summary>The text with the addresses that the names have on AWS.</summary>
    public Value Read(string text, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (_names is null || !CanCall(use.Resource))
        {
            return new Text(text);
        }

        if (_targets.TryGetValue(text, out var whole))
        {
            return IsForHost(use.Variable) ? HostOf(whole, use, readValue) ?? Unreached(whole, text, port: null, use) : new Text(text);
        }

        List<Value> values = [];
        var end = 0;
        foreach (var (place, address) in Find(text, use, readValue))
        {
            values.AddRange([new Text(text[end..place.Start.Value]), address]);
            end = place.End.Value;
        }

        return _managed.AsPublished(Value.Concat([.. values, new Text(text[end..])]), use);
    }

    /// <summary>Where a text names others that are reached, by name and port or by name alone, and what that is on AWS.</summary>
    public IEnumerable<NamedAddress> Find(string text, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (_names is null || !CanCall(use.Resource))
        {
            yield break;
        }

        foreach (Match match in _names.Matches(text))
        {
            var (name, port) = (match.Groups["name"], match.Groups["port"]);
            var target = _targets[name.Value];
            if (AddressOf(match, target, use, readValue) is { } address)
            {
                yield return new(name.Index..(port.Success ? port.Index + port.Length : name.Index + name.Length), address);
            }
            else if (IsUnreached(match, target, use))
            {
                Unreached(target, name.Value, port.Success ? port.Value : null, use);
            }
        }
    }

    /// <summary>
    /// Whether nobody reaches on AWS what a text names: on a laptop containers reach each other on any port, and on AWS on those of
    /// endpoints. A number of two digits may be the tag of an image.
    /// </summary>
    private static bool IsUnreached(Match match, Target target, ValueUse use) =>
        target.Resource != use.Resource.Resource
        && (
            match.Groups["port"] is { Success: true, Value: var port }
                ? int.Parse(port, CultureInfo.InvariantCulture) >= 80
                : target.Endpoints.Count == 0
        );

    private Text Unreached(Target target, string written, string? port, ValueUse use)
    {
        if (target.Resource != use.Resource.Resource)
        {
            _notices.Add(
                new Notice(
                    use.Resource.Name,
                    $"names '{written}{(port is null ? "" : $":{port}")}' in {use.Variable ?? "an argument"}, and "
                        + $"'{target.Resource.Name}' has no endpoint{(port is null ? "" : " of that port")}, without which "
                        + "nobody reaches it on AWS. Give it one: "
                        + $"{target.Resource.Name}.WithEndpoint(targetPort: {port ?? "…"}, name: \"tcp\").",
                    IsWarning: true
                )
            );
        }

        return new Text(written);
    }

    private static bool CanCall(PublishedResource client) => client.IsConnected || (client.Task is not null && client.IsInNetwork);

    /// <summary>
    /// Whether a name alone is a host's by the variable that it is in. Behind <c>URL</c> more may come that is none, as in
    /// <c>DB_URL_DATABASE</c>.
    /// </summary>
    private static bool IsForHost(string? variable) =>
        variable is not null
        && (
            Array.Exists(["HOST", "SERVER", "ADDR", "ENDPOINT", "NODES"], word =>
                variable.Contains(word, StringComparison.OrdinalIgnoreCase)
            )
            || Array.Exists(["URL", "URI", "SEED", "SEEDS", "BROKER", "BROKERS"], word =>
                variable.EndsWith(word, StringComparison.OrdinalIgnoreCase)
            )
        );

    private Value? AddressOf(Match match, Target target, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (target.Resource == use.Resource.Resource)
        {
            return null;
        }

        if (!match.Groups["scheme"].Success && !match.Groups["port"].Success)
        {
            return HostOf(target, use, readValue);
        }

        return (EndpointOf(match, target, isForPrograms: use.Resource.IsDotnet) ?? OnlyOf(target)) is { } endpoint
            ? Read(target, endpoint, match.Groups["port"].Success ? EndpointProperty.HostAndPort : EndpointProperty.Host, use, readValue)
            : null;
    }

    /// <summary>
    /// The endpoint that a port is of. Without one it is that of the scheme, which for a .NET program is a name that service discovery
    /// looks up.
    /// </summary>
    private static PublishedEndpoint? EndpointOf(Match match, Target target, bool isForPrograms)
    {
        if (match.Groups["port"] is { Success: true } text)
        {
            var port = int.Parse(text.Value, CultureInfo.InvariantCulture);
            return target.Endpoints.FirstOrDefault(endpoint => endpoint.Port.Number == port)
                ?? target.Endpoints.FirstOrDefault(endpoint => endpoint.AliasPort == port);
        }

        var scheme = match.Groups["scheme"].Value;
        return !scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? (target.Endpoints is [var only] ? only : null)
            : isForPrograms ? null
            : target.Endpoints.FirstOrDefault(endpoint => endpoint is { Port.Number: 80, AliasPort: 80 });
    }

    /// <summary>What AWS runs has one port, whichever the container has beside it.</summary>
    private PublishedEndpoint? OnlyOf(Target target) =>
        target.Endpoints is [var only] && _managed.Taken.Contains(target.Resource, ResourceNames.Comparer) ? only : null;

    /// <summary>The name alone, by which all of its endpoints may be called.</summary>
    private Value? HostOf(Target target, ValueUse use, Func<object, ValueUse, Value?> readValue) =>
        target.Resource == use.Resource.Resource
            ? null
            : target
                .Endpoints.Where(endpoint => !endpoint.IsFolded)
                .Select(endpoint => Read(target, endpoint, EndpointProperty.Host, use, readValue))
                .ToList()
                .FirstOrDefault(host => host is not null);

    private Value? Read(
        Target target,
        PublishedEndpoint endpoint,
        EndpointProperty property,
        ValueUse use,
        Func<object, ValueUse, Value?> readValue
    )
    {
        return _endpoints.Read(
            new EndpointReference(target.Resource, endpoint.Name, KnownNetworkIdentifiers.DefaultAspireContainerNetwork),
            property,
            use,
            readValue
        );
    }

    /// <summary>What a name leads to.</summary>
    private sealed record Target(IResourceWithEndpoints Resource, IReadOnlyList<PublishedEndpoint> Endpoints);
}

/// <summary>Where a text names another, and what that is on AWS.</summary>
internal sealed record NamedAddress(Range Place, Value Address);
