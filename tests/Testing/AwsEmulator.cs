using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Amazon.SQS.Model;

[assembly: AssemblyFixture(typeof(Testing.AwsEmulator))]

namespace Testing;

/// <summary>
/// LocalAws in a process of its own, in memory, for all tests of an assembly. Each test has a bucket and queues of its own. With
/// <c>TEST_AWS_ENDPOINT_URL</c> the tests run against what is there, for example moto's server.
/// </summary>
public sealed class AwsEmulator : IAsyncLifetime
{
    private Process? _process;
    private DirectoryInfo? _folder;

    public string Url { get; private set; } = "";

    public IAmazonS3 S3 { get; private set; } = null!;

    public IAmazonSQS Sqs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Url = Environment.GetEnvironmentVariable("TEST_AWS_ENDPOINT_URL") ?? Start("dotnet", [], ("LocalAws__InMemory", "true"));
        S3 = CreateS3Client(Url);
        Sqs = CreateSqsClient(Url);
        await WaitUntilReadyAsync();
    }

    /// <summary>
    /// For a test that starts one of its own: with a folder on the disk, and so that a write that the disk refuses fails as such, where the
    /// signal of a limit on files would end it.
    /// </summary>
    public async Task StartOnDiskAsync()
    {
        _folder = Directory.CreateTempSubdirectory("aws-emulator-");
        Url = Start("env", ["--ignore-signal=XFSZ", "dotnet"], ("LocalAws__DataPath", _folder.FullName));
        S3 = CreateS3Client(Url);
        Sqs = CreateSqsClient(Url);
        await WaitUntilReadyAsync();
    }

    public int ProcessId => _process!.Id;

    /// <summary>A client of the official SDK.</summary>
    public static IAmazonSQS CreateSqsClient(string url) =>
        new AmazonSQSClient(Credentials, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = "us-east-1" });

    /// <inheritdoc cref="CreateSqsClient"/>
    /// <param name="url">The emulator's address.</param>
    /// <param name="handler">Sees each request on its way; null for none.</param>
    public static IAmazonS3 CreateS3Client(string url, DelegatingHandler? handler = null)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = url,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
        };
        if (handler is not null)
            config.HttpClientFactory = new HandlerFactory(handler);
        return new AmazonS3Client(Credentials, config);
    }

    /// <summary>A bucket, and a queue that gives a message so often before it goes to the dead-letter queue.</summary>
    public async Task<AwsResources> CreateResourcesAsync(int maxReceives = 3)
    {
        var name = $"test-{Guid.NewGuid():N}";
        await S3.PutBucketAsync(name);
        var deadLetters = (await Sqs.CreateQueueAsync($"{name}-dead")).QueueUrl;
        var arn = (await Sqs.GetQueueAttributesAsync(deadLetters, [QueueAttributeName.QueueArn])).QueueARN;
        var queue = await Sqs.CreateQueueAsync(
            new CreateQueueRequest
            {
                QueueName = name,
                Attributes = new()
                {
                    [QueueAttributeName.RedrivePolicy] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{maxReceives}}}""",
                },
            }
        );
        return new AwsResources(name, queue.QueueUrl, deadLetters);
    }

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        Sqs.Dispose();
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder?.Delete(recursive: true);
    }

    private static AWSCredentials Credentials { get; } = new BasicAWSCredentials("test", "test");

    private string Start(string fileName, string[] arguments, (string Name, string Value) data)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(fileName, [.. arguments, Path.Combine(AppContext.BaseDirectory, "LocalAws.dll")])
        {
            RedirectStandardInput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment[data.Name] = data.Value;
        _process = Process.Start(start)!;
        return url;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(Url, deadline.Token);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(_process is { HasExited: true }, "LocalAws ended while it started.");
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class HandlerFactory(DelegatingHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            handler.InnerHandler ??= new SocketsHttpHandler();
            return new HttpClient(handler, disposeHandler: false);
        }
    }
}

/// <summary>What one test has for itself.</summary>
public sealed record AwsResources(string Bucket, string QueueUrl, string DeadLetterQueueUrl)
{
    public Dictionary<string, string?> Configuration =>
        new()
        {
            ["AWS:Resources:datasets:BucketName"] = Bucket,
            ["AWS:Resources:jobs:QueueUrl"] = QueueUrl,
            ["AWS:Resources:jobs:DeadLetterQueueUrl"] = DeadLetterQueueUrl,
        };
}
