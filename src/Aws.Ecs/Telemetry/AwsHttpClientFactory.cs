using System.Diagnostics.Metrics;
using System.Net;
using Amazon;
using Amazon.Runtime;

namespace Aws.Ecs.Telemetry;

/// <summary>
/// Makes the HTTP clients of the AWS SDK as the SDK makes them itself, without diagnostics of HTTP: the SDK has a span and a duration of
/// each call already. What HTTP adds is a second count of the same and a <c>traceparent</c> that names a span nobody exports, for some 5 %
/// of the requests that a service can answer.
/// </summary>
internal sealed class AwsHttpClientFactory : HttpClientFactory
{
    /// <summary>
    /// The meter of these connections. An application that adds it has <c>http.client.request.duration</c> and its like of AWS again.
    /// </summary>
    public const string MeterName = "Aws.Ecs.AwsHttp";

    private readonly UnheardMeters _meters = new();

    /// <summary>Has the AWS SDK's clients use it that are created from now on, unless the application has a factory of its own.</summary>
    public static void Register() => AWSConfigs.HttpClientFactory ??= new AwsHttpClientFactory();

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var client = new HttpClient(Handler(clientConfig));
        if (clientConfig.Timeout is { } timeout)
        {
            client.Timeout = timeout;
        }

        return client;
    }

    /// <summary>Clients whose settings of HTTP are the same share their connections, unless they have a proxy.</summary>
    public override string? GetConfigUniqueString(IClientConfig clientConfig) =>
        clientConfig.ProxyCredentials is null && clientConfig.GetWebProxy() is null
            ? $"{clientConfig.AllowAutoRedirect} {clientConfig.HttpClientCacheSize} {clientConfig.Timeout} {clientConfig.ConnectTimeout} {clientConfig.MaxConnectionsPerServer}"
            : null;

    private SocketsHttpHandler Handler(IClientConfig config)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            MeterFactory = _meters,
            AllowAutoRedirect = config.AllowAutoRedirect,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
        };
        if (config.ConnectTimeout is { } connectTimeout)
        {
            handler.ConnectTimeout = connectTimeout;
        }

        if (config.MaxConnectionsPerServer is { } connections)
        {
            handler.MaxConnectionsPerServer = connections;
        }

        if (config.GetWebProxy() is { } proxy)
        {
            handler.Proxy = proxy;
            if (config.ProxyCredentials is { } credentials)
            {
                proxy.Credentials = credentials;
            }
        }

        return handler;
    }

    /// <summary>Gives all instruments of HTTP a meter of that name.</summary>
    private sealed class UnheardMeters : IMeterFactory
    {
        private readonly Meter _meter = new(MeterName);

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}
