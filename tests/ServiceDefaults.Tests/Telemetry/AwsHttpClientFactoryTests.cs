using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using Amazon.Runtime;
using Amazon.S3;
using Aws.Ecs.Telemetry;
using ServiceDefaults.Tests.Aws;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class AwsHttpClientFactoryTests
{
    private static readonly string[] Differing =
    [
        nameof(SocketsHttpHandler.ActivityHeadersPropagator),
        nameof(SocketsHttpHandler.MeterFactory),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clients_are_set_as_the_SDK_sets_its_own(bool isSet)
    {
        var config = new AmazonS3Config { ServiceURL = "http://127.0.0.1:1" };
        if (isSet)
        {
            (config.ConnectTimeout, config.Timeout, config.MaxConnectionsPerServer) = (
                TimeSpan.FromSeconds(3),
                TimeSpan.FromSeconds(7),
                11
            );
            config.SetWebProxy(new WebProxy("http://127.0.0.1:2"));
            config.ProxyCredentials = new NetworkCredential("user", "password");
        }

        var create = typeof(HttpRequestMessageFactory).GetMethod("CreateManagedHttpClient", BindingFlags.Static | BindingFlags.NonPublic)!;
        using var expected = (HttpClient)create.Invoke(null, [config])!;
        using var actual = new AwsHttpClientFactory().CreateHttpClient(config);

        Assert.Equal(Settings(expected), Settings(actual));
        Assert.Equal(expected.Timeout, actual.Timeout);
    }

    [Fact]
    public void Clients_share_connections_where_their_settings_are_the_same_and_there_is_no_proxy()
    {
        var factory = new AwsHttpClientFactory();
        var proxied = new AmazonS3Config();
        proxied.SetWebProxy(new WebProxy("http://127.0.0.1:2"));

        Assert.Equal(factory.GetConfigUniqueString(new AmazonS3Config()), factory.GetConfigUniqueString(new AmazonS3Config()));
        Assert.NotEqual(
            factory.GetConfigUniqueString(new AmazonS3Config()),
            factory.GetConfigUniqueString(new AmazonS3Config { ConnectTimeout = TimeSpan.FromSeconds(1) })
        );
        Assert.Null(factory.GetConfigUniqueString(proxied));
    }

    [Theory]
    [InlineData("System.Net.Http", false)]
    [InlineData("Aws.Ecs.AwsHttp", true)]
    public async Task A_call_is_measured_as_HTTP_where_an_application_asks_for_it(string meter, bool expected)
    {
        await using var aws = await AwsServer.StartAsync(_ => new AwsAnswer(200, ""));
        await using var host = await ObservedHost.StartAsync();
        // Where each measured request went: other tests make theirs meanwhile.
        var ports = new ConcurrentBag<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "http.client.request.duration" && instrument.Meter.Name == meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => ports.Add(tags.ToArray().Single(tag => tag.Key == "server.port").Value)
        );
        listener.Start();
        using var s3 = S3.ClientOf(aws);

        await s3.PutObjectAsync(
            new()
            {
                BucketName = "datasets",
                Key = "a.csv",
                ContentBody = "a,b",
            }
        );

        Assert.Equal(expected, ports.Contains(new Uri(aws.Address).Port));
    }

    private static IEnumerable<(string, string?)> Settings(HttpClient client)
    {
        var handler = typeof(HttpMessageInvoker).GetField("_handler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(client);
        return typeof(SocketsHttpHandler)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => !Differing.Contains(property.Name))
            .Select(property =>
                (property.Name, Assert.IsType<SocketsHttpHandler>(handler) is { } sockets ? property.GetValue(sockets)?.ToString() : null)
            );
    }
}
