using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Who calls whom, which is known once all callbacks of the model were called.</summary>
internal sealed class CallMap
{
    private readonly IReadOnlyList<Call> _all;
    private readonly ILookup<string, Connection> _connections;
    private readonly ILookup<string, int> _called;
    private readonly HashSet<string> _inDns;
    private readonly HashSet<string> _services;
    private readonly IReadOnlyDictionary<string, string[]> _order;
    private readonly HashSet<ClientAndServer> _byDns;

    /// <param name="endpoints">What noted the calls.</param>
    /// <param name="services">The names of what is a service.</param>
    /// <param name="order">What is there before what.</param>
    public CallMap(EndpointReader endpoints, IEnumerable<string> services, CallOrder order)
    {
        _byDns = order.ByDns;
        _all =
        [
            .. endpoints.Connections.Select(call =>
                _byDns.Contains(new(call.Client, call.Connection.Server))
                    ? call with
                    {
                        Connection = call.Connection with { IsByDns = true },
                    }
                    : call
            ),
        ];
        _connections = _all.ToLookup(call => call.Client, call => call.Connection);
        _called = _all.Where(call => !call.Connection.IsByDns)
            .ToLookup(call => call.Connection.Server, call => call.Connection.ContainerPort);
        _inDns = _all.Where(call => call.Connection.IsByDns).Select(call => call.Connection.Server).ToHashSet(StringComparer.Ordinal);
        _services = services.ToHashSet(StringComparer.Ordinal);
        _order = order.Before;
    }

    public ServiceCalls Of(string name, ILookup<string, Connection> peers) =>
        new(
            [.. _connections[name].DistinctBy(connection => new { connection.Server, connection.ContainerPort })],
            [.. _called[name]],
            [.. peers[name]],
            [.. _order[name].Where(_services.Contains)],
            _inDns.Contains(name)
        );

    /// <summary>Whether anybody calls a port, by whichever name.</summary>
    public bool IsCalled(string service, int port) => _all.Any(call => IsTo(call, service, port));

    private static bool IsTo(Call call, string service, int port) =>
        call.Connection.Server == service && call.Connection.ContainerPort == port;

    /// <summary>What an address is: by the name of Service Connect, or by the name in DNS, as one of a circle calls another.</summary>
    public Value AddressOf(OpenAddress address) =>
        address switch
        {
            OwnAddress own => OwnAddressOf(own),
            CalledAddress called when _byDns.Contains(new(called.Client, called.Service)) => called.InDns,
            _ => address.Named,
        };

    /// <summary>
    /// What a service is to itself: its name where others call it by that. Where some call it by its name in DNS, that one, which all can
    /// look up: a broker has one name to tell.
    /// </summary>
    private Value OwnAddressOf(OwnAddress own) =>
        _all.Any(call => call.Connection.IsByDns && IsTo(call, own.Service, own.ContainerPort)) ? own.InDns
        : _called[own.Service].Contains(own.ContainerPort) ? own.Named
        : own.Local;
}
