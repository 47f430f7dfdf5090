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
    private readonly Dictionary<string, PublishedResource> _targets;
    private readonly EndpointReader _endpoints;
    private readonly Regex? _names;

    public HostNames(IEnumerable<PublishedResource> published, EndpointReader endpoints)
    {
        _endpoints = endpoints;
        _targets = published
            .Where(resource => resource.IsConnected && resource.Endpoints.Count > 0 && resource.Resource is IResourceWithEndpoints)
            .ToDictionary(resource => resource.Name, StringComparer.OrdinalIgnoreCase);
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

    /// <summary>The text with the addresses that the names have on AWS.</summary>
    public Value Read(string text, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (_names is null || !CanCall(use.Resource))
        {
            return new Text(text);
        }

        if (_targets.TryGetValue(text, out var whole))
        {
            return IsForHost(use.Variable) && HostOf(whole, whole.Endpoints, use, readValue) is { } host ? host : new Text(text);
        }

        List<Value> values = [];
        var end = 0;
        foreach (Match match in _names.Matches(text))
        {
            var name = match.Groups["name"];
            if (AddressOf(match, _targets[name.Value], use, readValue) is { } address)
            {
                values.AddRange([new Text(text[end..name.Index]), address]);
                end = match.Groups["port"] is { Success: true } port ? port.Index + port.Length : name.Index + name.Length;
            }
        }

        return Value.Concat([.. values, new Text(text[end..])]);
    }

    private static bool CanCall(PublishedResource client) => client.IsConnected || (client.Task is not null && client.IsInNetwork);

    private static bool IsForHost(string? variable) =>
        variable is not null
        && Array.Exists(["HOST", "SERVER", "ADDR", "ENDPOINT", "NODES"], word =>
            variable.Contains(word, StringComparison.OrdinalIgnoreCase)
        );

    private Value? AddressOf(Match match, PublishedResource target, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (target == use.Resource)
        {
            return null;
        }

        if (!match.Groups["scheme"].Success && !match.Groups["port"].Success)
        {
            return HostOf(target, target.Endpoints, use, readValue);
        }

        return EndpointOf(match, target, isForPrograms: use.Resource.IsDotnet) is { } endpoint
            ? Read(target, endpoint, match.Groups["port"].Success ? EndpointProperty.HostAndPort : EndpointProperty.Host, use, readValue)
            : null;
    }

    /// <summary>
    /// The endpoint that a port is of. Without one it is that of the scheme, which for a .NET program is a name that service discovery looks
    /// up.
    /// </summary>
    private static PublishedEndpoint? EndpointOf(Match match, PublishedResource target, bool isForPrograms)
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

    /// <summary>The name alone, by which all of its endpoints may be called.</summary>
    private Value? HostOf(
        PublishedResource target,
        IEnumerable<PublishedEndpoint> endpoints,
        ValueUse use,
        Func<object, ValueUse, Value?> readValue
    ) =>
        target == use.Resource
            ? null
            : endpoints
                .Where(endpoint => !endpoint.IsFolded)
                .Select(endpoint => Read(target, endpoint, EndpointProperty.Host, use, readValue))
                .ToList()
                .FirstOrDefault(host => host is not null);

    private Value? Read(
        PublishedResource target,
        PublishedEndpoint endpoint,
        EndpointProperty property,
        ValueUse use,
        Func<object, ValueUse, Value?> readValue
    ) =>
        _endpoints.Read(
            new EndpointReference(
                (IResourceWithEndpoints)target.Resource,
                endpoint.Name,
                KnownNetworkIdentifiers.DefaultAspireContainerNetwork
            ),
            property,
            use,
            readValue
        );
}
