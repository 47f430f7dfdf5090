using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Testing;

namespace Api.Tests.Faults;

/// <summary>The API as a process of its own, as it runs in a task.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = [];

    private ApiProcess(AwsResources? resources, string awsUrl, (string Name, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Api.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
            Environment =
            {
                ["ASPNETCORE_URLS"] = Address.OriginalString,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["AWS_ENDPOINT_URL"] = awsUrl,
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_REGION"] = "us-east-1",
                ["OTEL_SDK_DISABLED"] = "true",
            },
        };
        foreach (var (name, value) in resources?.Configuration ?? [])
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>The most memory that it has had, in bytes.</summary>
    public long PeakWorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<ApiProcess> StartAsync(AwsResources resources, string awsUrl, params (string Name, string Value)[] settings)
    {
        var api = new ApiProcess(
            resources with
            {
                QueueUrl = Through(resources.QueueUrl, awsUrl),
            },
            awsUrl,
            [("Api__Key", TestApi.Key), .. settings]
        );
        using var client = api.Client();
        await Eventually.GetAsync(
            async () =>
            {
                Assert.False(api._process.HasExited, $"The API ended: {string.Join('\n', api._errors)}");
                try
                {
                    using var response = await client.GetAsync("/health");
                    return response.StatusCode is HttpStatusCode.OK ? "" : null;
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            "the API answers"
        );
        return api;
    }

    /// <summary>Starts it and waits until it ends, as it does where something is wrong with its settings.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(
        AwsResources resources,
        string awsUrl,
        params (string Name, string Value)[] settings
    )
    {
        await using var api = new ApiProcess(resources, awsUrl, settings);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await api._process.WaitForExitAsync(deadline.Token);
        return (api._process.ExitCode, string.Join('\n', api._errors).Trim());
    }

    /// <summary>A client that knows the key.</summary>
    public HttpClient Client() => new() { BaseAddress = Address, DefaultRequestHeaders = { { "X-Api-Key", TestApi.Key } } };

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static string Through(string queueUrl, string awsUrl) => awsUrl + new Uri(queueUrl).AbsolutePath;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
