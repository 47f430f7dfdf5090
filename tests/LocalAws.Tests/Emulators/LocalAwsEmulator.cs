using Amazon.S3;
using Amazon.SQS;

namespace LocalAws.Tests.Emulators;

public sealed class LocalAwsEmulator : Emulator
{
    private readonly TemporaryFolder _data = new();
    private LocalAwsServer? _server;

    public override IAmazonSQS Sqs => _server!.Sqs;

    public override IAmazonS3 S3 => _server!.S3;

    public string Url => _server!.Url;

    public string DataPath => _data.Path;

    public override void RequirePresent()
    {
        // It is this repository's own.
    }

    public override T Expected<T>(T aws, T moto, string source) => aws;

    public override async ValueTask InitializeAsync() => _server = await LocalAwsServer.StartAsync(_data);

    public override async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _data.Dispose();
    }
}
