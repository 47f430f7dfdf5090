using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Who calls single tasks by their addresses, past Service Connect: the silos and clients of Orleans, what says so by
/// <c>WithPeerEndpoint</c>, and what tells others its own name.
/// </summary>
internal sealed class PeerReader(NetworkPlan network, Refusals refusals)
{
    private const string SiloEndpoint = "orleans-silo";

    private const string GatewayEndpoint = "orleans-gateway";

    private readonly List<Call> _calls = [];
    private readonly List<Notice> _notices = [];

    public sealed record Peers(ILookup<string, Connection> Calls, IReadOnlyList<Notice> Notices);

    /// <param name="drafts">What runs.</param>
    /// <param name="named">The ports of its own that a service knows by its name, and others call.</param>
    public Peers Read(IReadOnlyList<WorkloadDraft> drafts, IReadOnlyCollection<ServicePort> named)
    {
        foreach (var draft in drafts)
        {
            ReadSaid(draft.Resource);
        }

        foreach (var cluster in drafts.Where(draft => draft.Resource.IsConnected && ClusterOf(draft) is not null).GroupBy(ClusterOf))
        {
            ReadCluster([.. cluster]);
        }

        foreach (var (service, port) in named)
        {
            Add(service, service, port, $"{service} has its own name in a variable: its tasks may call it");
        }

        return new Peers(
            _calls
                .DistinctBy(call => new
                {
                    call.Client,
                    call.Connection.Server,
                    call.Connection.ContainerPort,
                })
                .ToLookup(call => call.Client, call => call.Connection),
            _notices
        );
    }

    /// <summary>
    /// Whether each silo is a cluster of its own, so that there may be one alone:
    /// https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/local-development-configuration.
    /// </summary>
    public static bool IsAlone(WorkloadDraft draft) =>
        draft.Resource.Endpoints.Any(endpoint => endpoint.Name == SiloEndpoint)
        && TextOf(draft, "Orleans__Clustering__ProviderType") == "Development";

    private void ReadSaid(PublishedResource resource)
    {
        foreach (var name in resource.Service?.PeerEndpoints ?? [])
        {
            if (!resource.IsConnected)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' has tasks that call each other (WithPeerEndpoint(\"{name}\")) and runs "
                        + "on External, where tasks have no address of their own. Run it on Fargate."
                );
            }
            else if (
                resource.Endpoints.FirstOrDefault(endpoint => endpoint.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is
                { } endpoint
            )
            {
                Add(
                    resource.Name,
                    resource.Name,
                    endpoint.Port.Number,
                    $"{resource.Name}: WithPeerEndpoint(\"{name}\"), its tasks call " + "each other"
                );
            }
            else
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' has tasks that call each other on the endpoint '{name}' "
                        + "(WithPeerEndpoint), which it has not. "
                        + $"It has: {string.Join(", ", resource.Endpoints.Select(endpoint => endpoint.Name).DefaultIfEmpty("none"))}."
                );
            }
        }
    }

    /// <summary>
    /// A silo tells where it is by the table of the cluster: the other silos call its silo port, clients its gateway port. Source:
    /// https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/server-configuration.
    /// </summary>
    private void ReadCluster(IReadOnlyList<WorkloadDraft> members)
    {
        NoticeProviders(members);

        foreach (var silo in members.Where(IsSilo))
        {
            foreach (var member in members)
            {
                var (endpoint, why) = IsSilo(member)
                    ? (SiloEndpoint, "silos of an Orleans cluster call each " + "other")
                    : (GatewayEndpoint, "a client of an Orleans cluster calls its silos");
                if (silo.Resource.Endpoints.FirstOrDefault(candidate => candidate.Name == endpoint) is { } called)
                {
                    Add(
                        member.Resource.Name,
                        silo.Resource.Name,
                        called.Port.Number,
                        $"{member.Resource.Name}.WithReference(orleans): " + $"{why}"
                    );
                }
            }

            Notice(silo);
        }
    }

    /// <summary>
    /// Orleans takes the name of a provider from the type of the resource, and a connection string of whatever exists says nothing by its
    /// type: https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.Orleans/ProviderConfiguration.cs.
    /// </summary>
    private void NoticeProviders(IReadOnlyList<WorkloadDraft> members)
    {
        List<MissingVariable> unknown =
        [
            .. members.SelectMany(member =>
                member
                    .Variables.Where(variable =>
                        variable is { Value: Text { Content: "ConnectionStringParameter" } }
                        && variable.Name.StartsWith("Orleans__", StringComparison.Ordinal)
                        && variable.Name.EndsWith("__ProviderType", StringComparison.Ordinal)
                    )
                    .Select(variable => new MissingVariable(member.Resource.Name, variable.Name))
            ),
        ];
        if (unknown is not [var (first, _), ..])
        {
            return;
        }

        var others = unknown.Select(provider => $"'{provider.Client}'").Distinct().Skip(1).ToList();
        _notices.Add(
            new Notice(
                first,
                $"does not start{(others.Count == 0 ? "" : $", nor {(others.Count == 1 ? "does" : "do")} {string.Join(", ", others)}")}: "
                    + $"{string.Join(", ", unknown.Select(provider => provider.Variable).Distinct())} is ConnectionStringParameter, for "
                    + "AddConnectionString does not say what it leads to, and Orleans has no such provider. Say it: "
                    + ".WithOrleansProviderType(\"AzureTableStorage\") of the connection string; or use a resource of the model: "
                    + "orleans.WithClustering(redis).",
                IsWarning: true
            )
        );
    }

    private void Notice(WorkloadDraft silo)
    {
        if (IsAlone(silo))
        {
            _notices.Add(
                new Notice(
                    silo.Resource.Name,
                    "is a silo of Orleans with development clustering, whose members are known to "
                        + "one process: each task is a cluster of its own, and a new version begins an empty one. It has one task unless "
                        + "WithReplicas says more. For more than one use a table that all reach: orleans.WithClustering(redis).",
                    IsWarning: true
                )
            );
        }

        // Orleans advertises the smallest address that its host has, and on Fargate and instances one is link-local, for credentials and
        // metadata.
        if (network is ExistingNetwork existing && byte.TryParse(existing.CidrBlock.Split('.')[0], out var first) && first > 169)
        {
            _notices.Add(
                new Notice(
                    silo.Resource.Name,
                    $"is a silo of Orleans in the network {existing.CidrBlock}: it tells the others "
                        + "the smallest of its addresses, and 169.254.…, where a task asks for its credentials, is below those. "
                        + "Set EndpointOptions.AdvertisedIPAddress to the address in $ECS_CONTAINER_METADATA_URI_V4 "
                        + "(Networks[0].IPv4Addresses[0]).",
                    IsWarning: true
                )
            );
        }
    }

    private void Add(string client, string server, int port, string reason) =>
        _calls.Add(new(client, new Connection(server, port, reason)));

    private static bool IsSilo(WorkloadDraft draft) => draft.Resource.Endpoints.Any(endpoint => endpoint.Name == SiloEndpoint);

    private static OrleansCluster? ClusterOf(WorkloadDraft draft) =>
        ValueOf(draft, "Orleans__ClusterId") is { } cluster ? new(cluster, ValueOf(draft, "Orleans__ServiceId")) : null;

    private static Value? ValueOf(WorkloadDraft draft, string variable) =>
        draft.Variables.FirstOrDefault(candidate => candidate.Name == variable)?.Value;

    private static string? TextOf(WorkloadDraft draft, string variable) => (ValueOf(draft, variable) as Text)?.Content;

    private sealed record OrleansCluster(Value Cluster, Value? Service);
}
