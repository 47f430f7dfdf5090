using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIRECOMPUTE002 // What another environment says of its endpoints.

/// <summary>
/// Turns references to endpoints into addresses: the name of the service for a service that calls another, the load balancer's for who
/// has no Service Connect, for another environment, and for a service that wants to know its own. Notes who calls whom.
/// </summary>
internal sealed class EndpointReader(
    FargateEnvironmentResource environment, IReadOnlyDictionary<IResource, PublishedResource> published, StackNames stacks, Refusals refusals)
{
    private readonly List<(string Client, Connection Connection)> _connections = [];
    private readonly HashSet<(string Client, string Variable)> _leftOut = [];

    public IEnumerable<(string Client, Connection Connection)> Connections => _connections;

    /// <summary>The variables with https addresses that are left out: behind the load balancer there is plain HTTP.</summary>
    public IEnumerable<(string Client, string Variable)> LeftOut => _leftOut;

    /// <returns>Null where the reference is refused, or left out.</returns>
    public Value? Read(EndpointReference reference, EndpointProperty property, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (!published.TryGetValue(reference.Resource, out var target))
        {
            if (reference.Resource.GetComputeEnvironment() is { } other && other != environment)
            {
                return ReadFromOther(other, reference, property, use, readValue);
            }

            return Refuse(use, reference.Resource is ExecutableResource
                ? $"refers to '{reference.Resource.Name}', an executable, which runs here only."
                : $"refers to '{reference.Resource.Name}', which is not published. Publish it, or leave the reference out where the model is published.");
        }

        if (target.Endpoints.FirstOrDefault(candidate => Same(candidate.Name, reference.EndpointName)) is not { } endpoint)
        {
            var names = target.Endpoints.Select(candidate => $"'{candidate.Name}'").ToList();
            return Refuse(use, $"refers to the endpoint '{reference.EndpointName}' of '{target.Name}', which there is not. "
                + (names.Count == 0 ? $"'{target.Name}' has none: add one with WithHttpEndpoint or WithEndpoint." : $"There is {string.Join(" and ", names)}."));
        }

        if (target.Task is not null && target != use.Resource)
        {
            return Refuse(use, $"refers to an endpoint of '{target.Name}', a task that runs and ends: nobody can call it.");
        }

        if (endpoint.IsFolded && use.Variable is { } variable
            && (target == use.Resource ? variable == "HTTPS_PORTS" : IsForHttps(variable, target.Name) && HasHttpBeside(use.Resource, target)))
        {
            _leftOut.Add((use.Resource.Name, variable));
            return null;
        }

        // What a container says of itself needs no network, nor do the facts that are the same from everywhere.
        if (property is EndpointProperty.TargetPort)
        {
            return new Text(Number(endpoint.Port.Number));
        }

        if (target == use.Resource)
        {
            return endpoint.Endpoint.IsExternal && target.IsConnected
                ? Public(target, endpoint, property)
                : Address(property, endpoint.Scheme, new Text("localhost"), endpoint.Port.Number);
        }

        if (use.Resource.IsConnected && target.IsConnected)
        {
            _connections.Add((use.Resource.Name, new Connection(target.Name, endpoint.Port.Number, ReasonOf(use, target))));
            return Address(property, endpoint.Scheme, new Text(target.Name.ToLowerInvariant()), endpoint.AliasPort);
        }

        if (endpoint.Endpoint.IsExternal)
        {
            return Public(target, endpoint, property);
        }

        if (use.Resource.Task is not null && use.Resource.IsInNetwork && target.IsConnected)
        {
            // Service Connect is for the tasks of services alone: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html.
            // By DNS a name leads to the tasks themselves, and so to the port of the container.
            _connections.Add((use.Resource.Name, new Connection(target.Name, endpoint.Port.Number, ReasonOf(use, target)) { IsByDns = true }));
            return Address(property, endpoint.Scheme, new Text($"{target.Name.ToLowerInvariant()}.{StackNames.DnsZoneOf(stacks.NameOf(environment))}"), endpoint.Port.Number);
        }

        var who = use.Resource.IsInNetwork ? target.Name : use.Resource.Name;
        return Refuse(use, $"refers to the internal endpoint '{endpoint.Name}' of '{target.Name}', which cannot be reached: '{who}' has no name in the network, since External has neither Service Connect nor an address of its own. "
            + (endpoint.Port.Protocol == PortProtocol.Tcp
                ? "The load balancer carries HTTP alone, so that making it external is no way out: use one outside of the model (AddConnectionString), or let a service do the work."
                : "Make the endpoint external (WithExternalHttpEndpoints), or go by a queue or database."));
    }

    /// <summary>The public name of another environment's load balancer, or of this one's.</summary>
    public Value ReadHost(LoadBalancerAddress address)
    {
        var resource = address.Endpoint.Resource;
        return HostOf(address.Environment, RouteHost(resource), address.Environment == environment ? null : stacks.NameOf(address.Environment));
    }

    /// <summary>The port on which a resource's container listens.</summary>
    public Value? ReadPort(ContainerPortReference port, ValueUse use)
    {
        if (published.TryGetValue(port.Resource, out var resource) && resource.Endpoints is [var endpoint, ..])
        {
            return new Text(Number(endpoint.Port.Number));
        }

        return Refuse(use, $"is the container's port of '{port.Resource.Name}', which has none here.");
    }

    private Value? ReadFromOther(
        IComputeEnvironmentResource other, EndpointReference reference, EndpointProperty property, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (!reference.Exists)
        {
            return Refuse(use, $"refers to the endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', which there is not.");
        }

        if (other is FargateEnvironmentResource fargate)
        {
            if (!reference.EndpointAnnotation.IsExternal)
            {
                return Refuse(use, $"refers to the internal endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', which is in the environment "
                    + $"'{other.Name}'. Make the endpoint external, or put both into one environment.");
            }

            if (property is EndpointProperty.TargetPort)
            {
                return new Text(Number(reference.EndpointAnnotation.TargetPort ?? PublishedEndpoint.DotnetPort));
            }

            var host = HostOf(fargate, RouteHost(reference.Resource), stacks.NameOf(fargate));
            return Address(property, fargate.Ingress.Scheme, host, fargate.Ingress.IsHttps ? 443 : 80);
        }

        try
        {
            return readValue(other.GetEndpointPropertyExpression(reference.Property(property)), use);
        }
        catch (Exception exception) when (exception is NotImplementedException or InvalidOperationException)
        {
            return Refuse(use, $"refers to '{reference.Resource.Name}' in the environment '{other.Name}', which does not say how to reach it from outside.");
        }
    }

    private Value Public(PublishedResource target, PublishedEndpoint endpoint, EndpointProperty property)
    {
        var host = target.Service!.Routes.FirstOrDefault(route => IsName(route.Host) && (route.Endpoint is null || Same(route.Endpoint, endpoint.Name)))?.Host;
        return Address(property, environment.Ingress.Scheme, HostOf(environment, host, stack: null), environment.Ingress.IsHttps ? 443 : 80);
    }

    private static Value HostOf(FargateEnvironmentResource environment, string? routeHost, string? stack) =>
        (routeHost ?? environment.Ingress.Domain) is { } name ? new Text(name) : new PublicAddress(stack);

    private static string? RouteHost(IResource resource)
    {
        var service = new FargateService();
        foreach (var annotation in resource.Annotations.OfType<FargateServiceAnnotation>())
        {
            annotation.Configure(service);
        }

        return service.Routes.FirstOrDefault(route => IsName(route.Host))?.Host;
    }

    /// <summary>Whether a route's host can be called: <c>*.example.com</c> cannot.</summary>
    private static bool IsName(string? host) => host is not null && !host.Contains('*') && !host.Contains('?');

    private static Value Address(EndpointProperty property, string scheme, Value host, int port)
    {
        var isDefault = (scheme, port) is ("http", 80) or ("https", 443);
        var hostAndPort = Value.Concat([host, new Text($":{Number(port)}")]);
        return property switch
        {
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port => new Text(Number(port)),
            EndpointProperty.Scheme => new Text(scheme),
            EndpointProperty.HostAndPort => hostAndPort,
            EndpointProperty.TlsEnabled => new Text(scheme == "https" ? bool.TrueString : bool.FalseString),
            _ => Value.Concat([new Text($"{scheme}://"), isDefault ? host : hostAndPort]),
        };
    }

    /// <summary>Whether a variable exists to say an https address beside an http one: <c>services__api__https__0</c>, <c>API_HTTPS</c>.</summary>
    private static bool IsForHttps(string variable, string service) =>
        variable.StartsWith($"services__{service}__https__", StringComparison.OrdinalIgnoreCase)
        || Same(variable, $"{service.Replace('-', '_')}_HTTPS");

    /// <summary>Whether the reference that gives an https address gives an http address too: one to the https endpoint alone does not.</summary>
    private static bool HasHttpBeside(PublishedResource client, PublishedResource target)
    {
        var references = client.Resource.Annotations.OfType<EndpointReferenceAnnotation>().FirstOrDefault(reference => ResourceNames.Comparer.Equals(reference.Resource, target.Resource));
        return references is not null && target.Endpoints.Any(endpoint => endpoint is { IsFolded: false, Scheme: "http" }
            && ((references.UseAllEndpoints && !endpoint.Endpoint.ExcludeReferenceEndpoint) || references.EndpointNames.Contains(endpoint.Name)));
    }

    private static string ReasonOf(ValueUse use, PublishedResource target) =>
        use.Variable is { } variable && (variable.StartsWith("services__", StringComparison.Ordinal) || Same(variable, $"{target.Name.Replace('-', '_')}_HTTP"))
            ? $"{use.Resource.Name}.WithReference({target.Name})"
            : $"{use.Resource.Name}: {use.Variable ?? "an argument"} names {target.Name}";

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private Value? Refuse(ValueUse use, string text)
    {
        refusals.Add(use.Resource.Name, $"{use} {text}");
        return null;
    }
}
