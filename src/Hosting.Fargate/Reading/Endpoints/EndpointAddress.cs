using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The properties of an endpoint, from its scheme, host and port.</summary>
internal static class EndpointAddress
{
    public static Value Of(EndpointProperty property, string scheme, Value host, int port)
    {
        var isDefault = (scheme, port) is ("http", 80) or ("https", 443);
        var hostAndPort = Value.Concat([host, new Text(":"), Number(port)]);
        return property switch
        {
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port => Number(port),
            EndpointProperty.Scheme => new Text(scheme),
            EndpointProperty.HostAndPort => hostAndPort,
            EndpointProperty.TlsEnabled => new Text(scheme == "https" ? bool.TrueString : bool.FalseString),
            _ => Value.Concat([new Text($"{scheme}://"), isDefault ? host : hostAndPort]),
        };
    }

    public static Text Number(int port) => new(port.ToString(CultureInfo.InvariantCulture));
}
