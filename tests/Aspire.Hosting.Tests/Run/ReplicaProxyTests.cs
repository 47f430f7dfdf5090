using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.Run.Proxy;

namespace Aspire.Hosting.Tests.Run;

public sealed class ReplicaProxyTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly List<TcpListener> _replicas = [];

    [Fact]
    public async Task Connections_go_to_the_replicas_in_turn()
    {
        var (proxy, port) = Start(Replica("a"), Replica("b"), Replica("c"));
        await using var _ = proxy;

        var answers = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await AskAsync(port, "hello"));
        }

        Assert.Equal(["a:hello", "b:hello", "c:hello", "a:hello", "b:hello", "c:hello"], answers);
    }

    [Fact]
    public async Task A_replica_that_is_down_is_passed_over()
    {
        var down = Replica("down");
        var (proxy, port) = Start(down, Replica("up"));
        await using var _ = proxy;
        _replicas[0].Stop();

        Assert.Equal("up:1", await AskAsync(port, "1"));
        Assert.Equal("up:2", await AskAsync(port, "2"));
    }

    [Fact]
    public async Task Where_no_replica_is_up_the_connection_is_reset()
    {
        var (proxy, port) = Start(Replica("down"));
        await using var _ = proxy;
        _replicas[0].Stop();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var answer = await AskAsync(port, "1");
            Assert.Fail($"answered '{answer}'");
        });
    }

    [Fact]
    public async Task The_end_of_one_direction_leaves_the_other_open()
    {
        // The replica answers only when the client has finished sending, as AskAsync does by shutting its side down.
        var (proxy, port) = Start(Replica("late"));
        await using var _ = proxy;

        var large = new string('x', 1_000_000);
        Assert.Equal($"late:{large}", await AskAsync(port, large));
    }

    [Fact]
    public async Task The_port_is_free_again_after_the_end()
    {
        var replica = Replica("a");
        var (proxy, port) = Start(replica);
        await AskAsync(port, "1");
        await proxy.DisposeAsync();

        await using var again = ReplicaProxy.Start([new IPEndPoint(IPAddress.Loopback, port)], [replica]);
        Assert.Equal("a:2", await AskAsync(port, "2"));
    }

    public void Dispose()
    {
        _deadline.Cancel();
        _replicas.ForEach(replica => replica.Dispose());
        _deadline.Dispose();
    }

    private static (ReplicaProxy Proxy, int Port) Start(params EndPoint[] replicas)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return (ReplicaProxy.Start([new IPEndPoint(IPAddress.Loopback, port)], replicas), port);
    }

    private IPEndPoint Replica(string name)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _replicas.Add(listener);
        _ = ServeAsync(listener, name);
        return (IPEndPoint)listener.LocalEndpoint;
    }

    private async Task ServeAsync(TcpListener listener, string name)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(_deadline.Token);
                using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
                var question = await reader.ReadToEndAsync(_deadline.Token);
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{name}:{question}"), _deadline.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over, or took this replica down.
        }
    }

    private async Task<string> AskAsync(int port, string question)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, _deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(question), _deadline.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(_deadline.Token) is { Length: > 0 } answer ? answer : throw new IOException("An empty answer.");
    }
}
