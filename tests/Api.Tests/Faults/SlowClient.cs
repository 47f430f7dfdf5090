using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Api.Tests.Faults;

/// <summary>A caller on a bad line: it sends and reads as a test says.</summary>
internal sealed class SlowClient : IAsyncDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true, ReceiveBufferSize = 32 << 10 };

    /// <summary>Begins to send a file of a hundred megabytes: so much of it at once.</summary>
    public static async Task<SlowClient> PostAsync(Uri address, int bytes)
    {
        var client = await ConnectAsync(address);
        await client.SendAsync(
            $"POST /profiles HTTP/1.1\r\nHost: {address.Authority}\r\nX-Api-Key: {TestApi.Key}\r\nContent-Type: text/csv\r\nContent-Length: 100000000\r\n\r\n"
        );
        await client.SendAsync(new string('x', bytes));
        return client;
    }

    /// <summary>Asks for something, and does not read it.</summary>
    public static async Task<SlowClient> GetAsync(Uri address, string path, string accept)
    {
        var client = await ConnectAsync(address);
        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nX-Api-Key: {TestApi.Key}\r\nAccept: {accept}\r\n\r\n");
        return client;
    }

    public Task SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    /// <summary>Sends a little every 200 milliseconds until the answer comes or the deadline, and gives what was answered.</summary>
    public async Task<string> TrickleAsync(int bytes, CancellationToken deadline)
    {
        var answer = ReadAsync(deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!answer.IsCompleted && await timer.WaitForNextTickAsync(deadline))
        {
            try
            {
                await SendAsync(new string('x', bytes));
            }
            catch (IOException)
            {
                break;
            }
        }

        return await answer;
    }

    /// <summary>Reads what is there; empty where the connection broke.</summary>
    public async Task<string> ReadAsync(CancellationToken deadline)
    {
        var buffer = new byte[8192];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await _client.GetStream().ReadAsync(buffer, deadline));
        }
        catch (IOException)
        {
            return "";
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<SlowClient> ConnectAsync(Uri address)
    {
        var client = new SlowClient();
        await client._client.ConnectAsync(IPAddress.Loopback, address.Port);
        return client;
    }
}
