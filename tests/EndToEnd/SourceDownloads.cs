using System.Net;
using System.Net.Sockets;

namespace EndToEnd;

/// <summary>
/// What stands between the worker and S3: it passes on what it gets, until a test holds it. Then a download ends in the middle, and the
/// job that reads it is in hand for as long as the test wants.
/// </summary>
internal sealed class SourceDownloads : IAsyncDisposable
{
    /// <summary>More than any answer has but a source: held are the sources that are longer.</summary>
    public const int HeldAfterBytes = 1 << 20;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile Hold? _hold;

    public SourceDownloads()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Where S3 is. It is known once the emulator's address is.</summary>
    public Uri? Target { get; set; }

    /// <summary>Holds each download from its first mebibyte on.</summary>
    /// <returns>Ended, it lets all that it held go on.</returns>
    public Hold HoldEach() => _hold = new Hold(this);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The end, or a caller that went before it was heard.
            }
        }
    }

    private async Task PassAsync(TcpClient worker)
    {
        using var caller = worker;
        using var s3 = new TcpClient();
        try
        {
            await s3.ConnectAsync(IPAddress.Loopback, Target!.Port, _end.Token);
            var requests = PassAsync(caller.GetStream(), s3.GetStream(), mayHold: false);
            var answers = PassAsync(s3.GetStream(), caller.GetStream(), mayHold: true);
            await await Task.WhenAny(requests, answers);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // One side ended; so does the other.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool mayHold)
    {
        var buffer = new byte[64 * 1024];
        var passed = 0L;
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var read)
        {
            if (mayHold && _hold is { } hold && (passed += read) > HeldAfterBytes)
                await hold.WaitAsync(_end.Token);
            await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }

    internal sealed class Hold(SourceDownloads downloads) : IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when a download is held.</summary>
        public Task Reached => _reached.Task;

        public Task WaitAsync(CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            return _released.Task.WaitAsync(cancellationToken);
        }

        public void Dispose()
        {
            downloads._hold = null;
            _released.TrySetResult();
        }
    }
}
