using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Amazon.S3;
using Amazon.SQS;

namespace LocalAws.Tests.Emulators;

/// <summary>moto's server, https://docs.getmoto.org</summary>
public sealed class MotoEmulator : Emulator
{
    private ServerProcess? _process;
    private IAmazonSQS? _sqs;
    private IAmazonS3? _s3;

    public override IAmazonSQS Sqs => _sqs!;

    public override IAmazonS3 S3 => _s3!;

    public override void RequirePresent() =>
        Assert.SkipWhen(_process is null, "moto_server is not installed; install with: pip install 'moto[server]==5.2.1'");

    public override T Expected<T>(T aws, T moto, string source) => moto;

    public override async ValueTask InitializeAsync()
    {
        var port = FreePort();
        try
        {
            _process = new ServerProcess("moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]);
        }
        catch (Win32Exception)
        {
            return;
        }
        await _process.FindOutputAsync(line => line.Contains("Running on", StringComparison.Ordinal));
        _sqs = Clients.Sqs($"http://127.0.0.1:{port}");
        _s3 = Clients.S3($"http://127.0.0.1:{port}");
    }

    public override async ValueTask DisposeAsync()
    {
        _sqs?.Dispose();
        _s3?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
