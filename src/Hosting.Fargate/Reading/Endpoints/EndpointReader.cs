using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIRECOMPUTE002 // What another environment says of its endpoints.

/// <summary>
/// Turns references to endpoints into addresses: the name of the service for a service that calls another, the load balancer's for what may
/// be for a browser, for who has no Service Connect, and for another environment. Notes who calls whom.
/// </summary>
internal sealed partial class EndpointReader(
    FargateEnvironmentResource environment,
    IReadOnlyDictionary<IResource, PublishedResource> published,
    PublicAddresses addresses,
    ManagedServers managed,
    InjectedVariables injected,
    StackNames stacks,
    Refusals refusals
)
{
    private readonly List<Call> _connections = [];
    private readonly HashSet<MissingVariable> _leftOut = [];
    private readonly HashSet<ServicePort> _own = [];
    private readonly List<Notice> _notices = [];
    private readonly OtherEnvironments _others = new(addresses, refusals);

    public IEnumerable<Call> Connections => _connections;

    /// <summary>The internal ports of its own that a service knows the address of.</summary>
    public IEnumerable<ServicePort> Own => _own;

    public IEnumerable<Notice> Notices => _notices.Distinct();

    /// <summary>The variables with https addresses that are left out: behind the load balancer there is plain HTTP.</summary>
    public IEnumerable<MissingVariable> LeftOut => _leftOut;

    /// <summary>Whether a variable is one that <c>WithReference</c> makes of what has a connection string.</summary>
    public bool IsInjected(ValueUse use) => injected.IsOfConnection(use.Variable, use.Connections);

    /// <summary>Whether a variable is one that <c>WithReference</c> makes of a service's endpoints.</summary>
    public bool IsInjected(ValueUse use, string service) =>
        published.Values.FirstOrDefault(resource => resource.Name == service) is { } server && injected.Has(use, server);

    /// <returns>Null where the reference is refused, or left out.</returns>
    public Value? Read(EndpointReference reference, EndpointProperty property, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if ((managed.Read(reference, property, use) ?? addresses.OfSite(environment, reference, property)) is { } address)
        {
            return address;
        }

        if (!published.TryGetValue(reference.Resource, out var target))
        {
            if (reference.Resource.GetComputeEnvironment() is { } other && other != environment)
            {
                return _others.Read(other, reference, property, use, readValue);
            }

            if (use.Variable is not null && Reading.LeftOut.WhyAbsent(reference.Resource) is { } why)
            {
                _notices.Add(
                    new Notice(
                        use.Resource.Name,
                        $"goes without the variables that refer to '{reference.Resource.Name}', {why}",
                        IsWarning: true
                    )
                );
                return null;
            }

            return Refuse(
                use,
                reference.Resource is ExecutableResource
                    ? $"refers to '{reference.Resource.Name}', an executable, which runs here only."
                    : $"refers to '{reference.Resource.Name}', which is not published. Publish it, or leave the reference out where the model "
                        + "is published."
            );
        }

        if (target.Endpoints.FirstOrDefault(candidate => Same(candidate.Name, reference.EndpointName)) is not { } endpoint)
        {
            // What WithReference gives of all endpoints of a service goes without the one that is left out.
            return reference.Exists && injected.Has(use.Variable, use.Resource.Resource, reference)
                ? null
                : Refuse(use, AbsentEndpoints.WhyNot(reference, target));
        }

        if (target.Task is not null && target != use.Resource)
        {
            return Refuse(
                use,
                $"refers to an endpoint of '{target.Name}', a task that runs and ends: nobody can call it."
                    + (
                        target.Resource.HasAnnotationOfType<FargateTaskAnnotation>()
                            ? ""
                            : " Where it is a server, have others wait for it by WaitFor: what is waited for by WaitForCompletion ends."
                    )
            );
        }

        if (
            endpoint.IsFolded
            && use.Variable is { } variable
            && (
                target == use.Resource
                    ? variable == "HTTPS_PORTS"
                        || (property is EndpointProperty.TargetPort && endpoint.Endpoint.TargetPort is null && !target.IsDotnet)
                    : HttpsVariables.IsBesideHttp(variable, use.Resource, target)
            )
        )
        {
            _leftOut.Add(new(use.Resource.Name, variable));
            return null;
        }

        // What a container says of itself needs no network, nor do the facts that are the same from everywhere.
        if (property is EndpointProperty.TargetPort)
        {
            return EndpointAddress.Number(endpoint.Port.Number);
        }

        var network = reference.ContextNetworkID;
        var isPublic = endpoint.IsExternal && target.IsConnected && network != KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
        if (network == KnownNetworkIdentifiers.PublicInternet && !isPublic && !endpoint.IsExternal)
        {
            _notices.Add(
                new Notice(
                    use.Resource.Name,
                    $"is to have the public address of '{endpoint.Name}' of '{target.Name}' in "
                        + $"{use.Variable ?? "an argument"} (KnownNetworkIdentifiers.PublicInternet), and the endpoint is internal: it has the "
                        + "name inside of the network. Make the endpoint external: WithExternalHttpEndpoints.",
                    IsWarning: true
                )
            );
        }

        if (target == use.Resource)
        {
            return isPublic ? addresses.Of(environment, reference, property) : OwnOf(target, endpoint, property);
        }

        if (use.Resource.IsConnected && target.IsConnected)
        {
            if (
                isPublic
                && (
                    network == KnownNetworkIdentifiers.PublicInternet
                    || (!use.IsConnection && !injected.Has(use.Variable, use.Resource.Resource, reference))
                )
            )
            {
                NoticeUnreachable(use, target);
                return addresses.Of(environment, reference, property);
            }

            _connections.Add(new(use.Resource.Name, new Connection(target.Name, endpoint.Port.Number, ReasonOf(use, target))));
            return CalledBy(use.Resource, target, Named(target, endpoint, property), InDns(target, endpoint, property));
        }

        if (endpoint.IsExternal)
        {
            return addresses.Of(environment, reference, property);
        }

        if (use.Resource.Task is not null && use.Resource.IsInNetwork && target.IsConnected)
        {
            // Service Connect is for the tasks of services alone:
            // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html.
            // By DNS a name leads to the tasks themselves, and so to the port of the container.
            _connections.Add(
                new(use.Resource.Name, new Connection(target.Name, endpoint.Port.Number, ReasonOf(use, target)) { IsByDns = true })
            );
            return InDns(target, endpoint, property);
        }

        var who = use.Resource.IsInNetwork ? target.Name : use.Resource.Name;
        return Refuse(
            use,
            $"refers to the internal endpoint '{endpoint.Name}' of '{target.Name}', which cannot be reached: '{who}' has "
                + "no name in the network, since External has neither Service Connect nor an address of its own. "
                + (
                    endpoint.Port.Protocol == PortProtocol.Tcp
                        ? "The load balancer carries HTTP alone, so that making it external is no way out: use one outside of the model "
                            + "(AddConnectionString), or let a service do the work."
                        : "Make the endpoint external (WithExternalHttpEndpoints), or go by a queue or database."
                )
        );
    }

    /// <summary>What an environment says of an endpoint, this one or another.</summary>
    public Value? ReadAddress(EnvironmentAddress address, ValueUse use, Func<object, ValueUse, Value?> readValue) =>
        address.Endpoint.Exists && address.Endpoint.EndpointAnnotation.IsExternal
            ? addresses.Of(address.Environment, address.Endpoint, address.Property)
            : Read(address.Endpoint, address.Property, use, readValue);

    /// <summary>
    /// The endpoint that an expression of Aspire's manifest names, such as <c>{api.bindings.https.url}</c>: for values that say no more of
    /// themselves.
    /// </summary>
    public (EndpointReference Reference, EndpointProperty Property)? Find(string expression) =>
        Binding().Match(expression) is { Success: true } match
        && published.Values.FirstOrDefault(resource => resource.Name == match.Groups["resource"].Value)?.Resource
            is IResourceWithEndpoints resource
        && Enum.TryParse<EndpointProperty>(match.Groups["property"].Value, ignoreCase: true, out var property)
            ? (new EndpointReference(resource, match.Groups["endpoint"].Value), property)
            : null;

    /// <summary>The port on which a resource's container listens.</summary>
    public Value? ReadPort(ContainerPortReference port, ValueUse use)
    {
        if (published.TryGetValue(port.Resource, out var resource) && resource.Endpoints is [var endpoint, ..])
        {
            return EndpointAddress.Number(endpoint.Port.Number);
        }

        return Refuse(use, $"is the container's port of '{port.Resource.Name}', which has none here.");
    }

    private static Value Named(PublishedResource target, PublishedEndpoint endpoint, EndpointProperty property) =>
        EndpointAddress.Of(property, endpoint.Scheme, new Text(target.Name.ToLowerInvariant()), endpoint.AliasPort);

    /// <summary>What does not depend on the name, such as the scheme, is known at once.</summary>
    private static Value CalledBy(PublishedResource client, PublishedResource target, Value named, Value inDns) =>
        named == inDns ? named : new CalledAddress(client.Name, target.Name, named, inDns);

    /// <summary>The name that leads to the tasks themselves.</summary>
    private Value InDns(PublishedResource target, PublishedEndpoint endpoint, EndpointProperty property) =>
        EndpointAddress.Of(
            property,
            endpoint.Scheme,
            new Text($"{target.Name.ToLowerInvariant()}.{StackNames.DnsZoneOf(stacks.NameOf(environment))}"),
            endpoint.Port.Number
        );

    /// <summary>
    /// What a service knows an endpoint of its own by. Its name, where others call it by that, is decided once all values are read. The
    /// network makes no difference: packages of brokers name that of the laptop's processes for what is the address for all others here.
    /// </summary>
    private Value OwnOf(PublishedResource target, PublishedEndpoint endpoint, EndpointProperty property)
    {
        var local = EndpointAddress.Of(property, endpoint.Scheme, new Text("localhost"), endpoint.Port.Number);
        if (!target.IsConnected)
        {
            return local;
        }

        _own.Add(new(target.Name, endpoint.Port.Number));
        return new OwnAddress(
            target.Name,
            endpoint.Port.Number,
            Named(target, endpoint, property),
            InDns(target, endpoint, property),
            local
        );
    }

    /// <summary>The load balancer is on the internet, which not all tasks reach.</summary>
    private void NoticeUnreachable(ValueUse use, PublishedResource target)
    {
        if (!environment.Network.ReachesInternet)
        {
            _notices.Add(
                new Notice(
                    use.Resource.Name,
                    $"has the public address of '{target.Name}' in {use.Variable ?? "an argument"}, "
                        + "for browsers: tasks behind VPC endpoints cannot call it. "
                        + $"What calls '{target.Name}' itself takes {use.Resource.Name}.WithReference({target.Name}), or GetEndpoint(…, "
                        + "KnownNetworkIdentifiers.DefaultAspireContainerNetwork).",
                    IsWarning: true
                )
            );
        }
    }

    private static string ReasonOf(ValueUse use, PublishedResource target) =>
        use.Variable is { } variable
        && (variable.StartsWith("services__", StringComparison.Ordinal) || Same(variable, $"{target.Name.Replace('-', '_')}_HTTP"))
            ? $"{use.Resource.Name}.WithReference({target.Name})"
            : $"{use.Resource.Name}: {use.Variable ?? "an argument"} names {target.Name}";

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A\{(?<resource>[^.{}]+)\.bindings\.(?<endpoint>[^.{}]+)\.(?<property>[A-Za-z0-9]+)\}\z")]
    private static partial Regex Binding();

    private Value? Refuse(ValueUse use, string text)
    {
        refusals.AddValue(use, text);
        return null;
    }
}
