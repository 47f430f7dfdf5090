using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly ValueSnapshot<AllocatedEndpoint> _defaultSnapshot = new();
    private string? _transport;
    private int? _port;
    private bool _portIsUnset;
    private int? _targetPort;
    private bool _targetPortIsUnset;
    private bool? _tlsEnabled;
    private bool _isProxied;
    private bool? _isExplicitlyProxied;

    /// <summary>Creates an endpoint on the machine's own network.</summary>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    /// <summary>Creates an endpoint on the machine's own network.</summary>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme,
        string? transport,
        [EndpointName] string? name,
        int? port,
        int? targetPort,
        bool? isExternal,
        bool isProxied)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <summary>Creates an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="networkId">The network it is in; the machine's own where null.</param>
    /// <param name="uriScheme">The scheme; the protocol's name where null.</param>
    /// <param name="transport">The transport; derived from the scheme where null.</param>
    /// <param name="name">The name; the scheme where null.</param>
    /// <param name="port">The port that clients use; any where null.</param>
    /// <param name="targetPort">The port that the process listens on; any where null.</param>
    /// <param name="isExternal">Whether it is reachable from outside the application.</param>
    /// <param name="isProxied">Whether a proxy stands before the process; yes where null.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        NetworkIdentifier? networkId,
        string? uriScheme = null,
        string? transport = null,
        [EndpointName] string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        uriScheme ??= protocol.ToString().ToLowerInvariant();
        name ??= uriScheme;
        ModelName.Validate(nameof(EndpointAnnotation), name);

        Protocol = protocol;
        UriScheme = uriScheme;
        Name = name;
        _transport = transport;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
        AllAllocatedEndpoints.TryAddSnapshot(DefaultNetworkID, _defaultSnapshot);
    }

    /// <summary>Creates an endpoint.</summary>
    public EndpointAnnotation(
        ProtocolType protocol,
        NetworkIdentifier? networkId,
        string? uriScheme,
        string? transport,
        [EndpointName] string? name,
        int? port,
        int? targetPort,
        bool? isExternal,
        bool isProxied)
        : this(protocol, networkId, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <summary>The name, unique in the resource without regard to case.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port that clients use. Without a proxy and unset, the target port.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied || _portIsUnset ? null : _targetPort);
        set
        {
            _port = value;
            _portIsUnset = value is null;
        }
    }

    /// <summary>The port that the process listens on. Without a proxy and unset, the port.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied || _targetPortIsUnset ? null : _port);
        set
        {
            _targetPort = value;
            _targetPortIsUnset = value is null;
        }
    }

    /// <summary>The scheme of the address.</summary>
    public string UriScheme { get; set; }

    /// <summary>The host that the process binds to.</summary>
    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    /// <summary><c>http</c>, <c>http2</c>, <c>tcp</c> …</summary>
    public string Transport
    {
        get => _transport ?? (IsHttpScheme ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>Whether it is reachable from outside the application.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy stands before the process.</summary>
    public bool IsProxied
    {
        get => _isProxied;
        set => IsExplicitlyProxied = value;
    }

    /// <summary>What was asked for; null where nothing was.</summary>
    public bool? IsExplicitlyProxied
    {
        get => _isExplicitlyProxied;
        set
        {
            _isExplicitlyProxied = value;
            _isProxied = value ?? true;
        }
    }

    /// <summary>Whether a reference to the whole resource leaves this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Whether clients use TLS; where not set, whether the scheme is https.</summary>
    public bool TlsEnabled
    {
        get => _tlsEnabled ?? string.Equals(UriScheme, "https", StringComparison.OrdinalIgnoreCase);
        set => _tlsEnabled = value;
    }

    /// <summary>The network that the endpoint is in.</summary>
    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>The address in the endpoint's own network; null until it is known.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _defaultSnapshot.IsValueSet ? _defaultSnapshot.GetValueAsync().GetAwaiter().GetResult() : null;
        set
        {
            if (value is null)
            {
                _defaultSnapshot.SetException(new InvalidOperationException($"The endpoint `{Name}` is not allocated"));
            }
            else if (value.NetworkID != DefaultNetworkID)
            {
                throw new InvalidOperationException(
                    $"The default AllocatedEndpoint's network ID must match the EndpointAnnotation network ID ('{DefaultNetworkID}'). "
                    + $"The attempted AllocatedEndpoint belongs to '{value.NetworkID}'.");
            }
            else
            {
                _defaultSnapshot.SetValue(value);
            }
        }
    }

    /// <summary>The address in the endpoint's own network, to wait for.</summary>
    [Obsolete("This property will be marked as internal in future Aspire release. Use AllocatedEndpoint and AllAllocatedEndpoints properties to access and change allocated endpoints associated with an EndpointAnnotation.")]
    public ValueSnapshot<AllocatedEndpoint> AllocatedEndpointSnapshot => _defaultSnapshot;

    /// <summary>The addresses in all networks.</summary>
    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; } = [];

    /// <summary>Whether a launch profile brought it: such a one gives way to what the model says.</summary>
    internal bool FromLaunchProfile { get; set; }

    /// <summary>The variable that tells the process its target port.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    internal bool IsHttpScheme => UriScheme.Equals("http", StringComparison.OrdinalIgnoreCase)
        || UriScheme.Equals("https", StringComparison.OrdinalIgnoreCase);
}
