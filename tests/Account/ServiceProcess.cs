using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Account;

/// <summary>
/// A service in a process of its own, which answers; its lines go to the log group of its task definition, as awslogs sends them.
/// </summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _logs;
    private readonly string _group;
    private readonly string _stream;
    private readonly ConcurrentQueue<(DateTimeOffset Time, string Line)> _lines = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _shipping;

    private ServiceProcess(Process process, Uri address, string revision, string url, string group, string stream)
    {
        (_process, Address, Revision, _group, _stream) = (process, address, revision, group, stream);
        _logs = new HttpClient { BaseAddress = new Uri(url) };
        // By the service alone, and not signed: the emulator looks at no more.
        _logs.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=awslogs/20260101/{EmulatedAws.Region}/logs/aws4_request"
        );
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _shipping = ShipAsync();
    }

    public Uri Address { get; }

    /// <summary>The ARN of its task definition.</summary>
    public string Revision { get; }

    public bool HasEnded => _process.HasExited;

    /// <param name="name">The service, whose project has that name.</param>
    /// <param name="revision">The ARN of the task definition.</param>
    /// <param name="variables">What it is given.</param>
    /// <param name="logs">The options of awslogs.</param>
    /// <param name="url">The emulator's address.</param>
    public static async Task<ServiceProcess> StartAsync(
        string name,
        string revision,
        IReadOnlyDictionary<string, string> variables,
        IReadOnlyDictionary<string, string> logs,
        string url
    )
    {
        var assembly = AssemblyOf(name);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", ["exec", assembly])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in variables)
        {
            start.Environment[variable] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        var service = new ServiceProcess(
            Process.Start(start)!,
            address,
            revision,
            url,
            logs["awslogs-group"],
            $"{logs["awslogs-stream-prefix"]}/{name}/{Guid.NewGuid():N}"
        );
        await service.SendAsync("CreateLogStream", new { logGroupName = service._group, logStreamName = service._stream });
        if (variables.ContainsKey("HTTP_PORTS"))
        {
            await service.ListensAsync();
        }

        return service;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _stopping.CancelAsync();
        await _shipping;
        _process.Dispose();
        _logs.Dispose();
        _stopping.Dispose();
    }

    /// <summary>What building the AppHost has built of it, in the same configuration.</summary>
    private static string AssemblyOf(string name)
    {
        var project = $"{char.ToUpperInvariant(name[0])}{name[1..]}";
        var output = Path.GetDirectoryName(AppHosts.Reference)!;
        var source = Path.Combine(Hosting.Fargate.Tests.Repository.Root, "src");
        return Path.Combine(source, project, Path.GetRelativePath(Path.Combine(source, "AppHost"), output), $"{project}.dll");
    }

    private async Task ListensAsync() =>
        await Until.TrueAsync(
            async () =>
            {
                Assert.False(_process.HasExited, $"It ended as it started:\n{string.Join('\n', _lines.Select(line => line.Line))}");
                using var client = new TcpClient();
                try
                {
                    await client.ConnectAsync(IPAddress.Loopback, Address.Port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            () => $"It does not listen at {Address}."
        );

    private void Keep(string? line)
    {
        if (line is { Length: > 0 })
        {
            _lines.Enqueue((DateTimeOffset.UtcNow, line));
        }
    }

    private async Task ShipAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                List<object> events = [];
                while (_lines.TryDequeue(out var line))
                {
                    events.Add(new { timestamp = line.Time.ToUnixTimeMilliseconds(), message = line.Line });
                }

                if (events.Count > 0)
                {
                    await SendAsync(
                        "PutLogEvents",
                        new
                        {
                            logGroupName = _group,
                            logStreamName = _stream,
                            logEvents = events,
                        }
                    );
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private async Task SendAsync(string operation, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = JsonContent.Create(body, new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.Add("X-Amz-Target", $"Logs_20140328.{operation}");
        using var response = await _logs.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();

        // What a service says while its log group is deleted, or after it was made anew, is nowhere.
        Assert.True(response.IsSuccessStatusCode || answer.Contains("does not exist", StringComparison.Ordinal), answer);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
