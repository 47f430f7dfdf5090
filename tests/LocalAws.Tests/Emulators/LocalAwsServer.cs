using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;

namespace LocalAws.Tests.Emulators;

/// <summary>LocalAws as a process of its own, at a free port.</summary>
internal sealed class LocalAwsServer : IAsyncDisposable
{
    private LocalAwsServer(ServerProcess process, string url)
    {
        (Process, Url) = (process, url);
        Sqs = Clients.Sqs(url);
        S3 = Clients.S3(url);
    }

    public ServerProcess Process { get; }

    public string Url { get; }

    public IAmazonSQS Sqs { get; }

    public IAmazonS3 S3 { get; }

    public static Task<LocalAwsServer> StartAsync(TemporaryFolder data, params (string Name, string Value)[] settings) =>
        StartAsync([("LocalAws__DataPath", data.Path), .. settings]);

    public static Task<LocalAwsServer> StartAsync(string dataPath) => StartAsync([("LocalAws__DataPath", dataPath)]);

    /// <summary>By another program that becomes it.</summary>
    public static Task<LocalAwsServer> StartAsync(TemporaryFolder data, string fileName, IEnumerable<string> arguments) =>
        StartAsync([("LocalAws__DataPath", data.Path)], environment => new(fileName, arguments, environment));

    public static Task<LocalAwsServer> StartInMemoryAsync() => StartAsync([("LocalAws__InMemory", "true")]);

    /// <summary>The process with settings of the test's own, which may keep it from starting.</summary>
    public static ServerProcess Launch(IReadOnlyDictionary<string, string> environment) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "LocalAws.dll")], environment);

    public async ValueTask DisposeAsync()
    {
        Sqs.Dispose();
        S3.Dispose();
        await Process.DisposeAsync();
    }

    private static async Task<LocalAwsServer> StartAsync(
        IReadOnlyList<(string Name, string Value)> settings,
        Func<IReadOnlyDictionary<string, string>, ServerProcess>? launch = null
    )
    {
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = (launch ?? Launch)(environment);
        var line = await process.FindOutputAsync(text => text.Contains("Now listening on", StringComparison.Ordinal));
        using var entry = JsonDocument.Parse(line);
        return new(process, entry.RootElement.GetProperty("State").GetProperty("address").GetString()!);
    }
}

/// <summary>The official clients.</summary>
internal static class Clients
{
    private static readonly BasicAWSCredentials Credentials = new("test", "test");

    public static IAmazonSQS Sqs(string url) =>
        new AmazonSQSClient(
            Credentials,
            new AmazonSQSConfig
            {
                ServiceURL = url,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            }
        );

    public static IAmazonS3 S3(string url) =>
        new AmazonS3Client(
            Credentials,
            new AmazonS3Config
            {
                ServiceURL = url,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
                MaxErrorRetry = 0,
            }
        );
}
