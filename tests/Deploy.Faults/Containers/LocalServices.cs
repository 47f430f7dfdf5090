using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Deploy.Faults.Containers;

/// <summary>
/// SQS and S3 as containers reach them: LocalAws in a process of its own, in memory. It listens on loopback alone, so it is forwarded to
/// from the address that Docker gives this machine.
/// </summary>
internal sealed class LocalServices : IAsyncDisposable
{
    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly Process _process;
    private readonly AmazonS3Client _s3;
    private readonly AmazonSQSClient _sqs;
    private readonly Forwarder _forwarder;

    private LocalServices(string assembly, string address)
    {
        var port = FreePort();
        var own = $"http://127.0.0.1:{port}";
        _forwarder = new Forwarder(IPAddress.Parse(address), port);
        Url = $"http://{_forwarder.Address}";
        var start = new ProcessStartInfo("dotnet", ["exec", assembly]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = own;
        start.Environment["LocalAws__InMemory"] = "true";
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _s3 = new(
            s_credentials,
            new AmazonS3Config
            {
                ServiceURL = own,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
        _sqs = new(s_credentials, new AmazonSQSConfig { ServiceURL = own, AuthenticationRegion = "us-east-1" });
    }

    /// <summary>Its address to containers.</summary>
    public string Url { get; }

    /// <param name="assembly">LocalAws.dll.</param>
    /// <param name="address">The address at which containers find this machine.</param>
    /// <param name="bucket">A bucket to make.</param>
    /// <param name="queue">A queue to make, with a dead-letter queue.</param>
    public static async Task<LocalServices> StartAsync(string assembly, string address, string bucket, string queue)
    {
        var services = new LocalServices(assembly, address);
        await Testing.Eventually.GetAsync(
            async () =>
            {
                try
                {
                    return await services._sqs.ListQueuesAsync(new ListQueuesRequest());
                }
                catch (Exception exception)
                    when (exception is HttpRequestException or AmazonClientException && !services._process.HasExited)
                {
                    return null;
                }
            },
            "LocalAws answers"
        );
        await services._s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket });
        var deadLetters = (await services._sqs.CreateQueueAsync($"{queue}-dead")).QueueUrl;
        var arn = (await services._sqs.GetQueueAttributesAsync(deadLetters, [QueueAttributeName.QueueArn])).QueueARN;
        await services._sqs.CreateQueueAsync(
            new CreateQueueRequest
            {
                QueueName = queue,
                Attributes = new() { [QueueAttributeName.RedrivePolicy] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":3}""" },
            }
        );
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        await _forwarder.DisposeAsync();
        _s3.Dispose();
        _sqs.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
