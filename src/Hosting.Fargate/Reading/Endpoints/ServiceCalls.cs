using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Whom a service or task calls, and who calls it.</summary>
/// <param name="Connections">The endpoints of others that it calls.</param>
/// <param name="CalledPorts">Its container ports that others call by its name.</param>
/// <param name="Peers">The ports of single tasks that its own call.</param>
/// <param name="After">What rolls before it.</param>
/// <param name="IsInDns">Whether it is called by a name in DNS.</param>
internal sealed record ServiceCalls(
    ImmutableArray<Connection> Connections,
    ImmutableHashSet<int> CalledPorts,
    ImmutableArray<Connection> Peers,
    ImmutableArray<string> After,
    bool IsInDns
);
