using Aspire.Dashboard.Frontend;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard;

/// <summary>The dashboard's web server: its pages and the OTLP receivers behind it.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _otlp;
    private readonly WebApplication _frontend;
    private readonly ResourceStore _resources;

    private DashboardServer(DashboardOptions options, WebApplication otlp, WebApplication frontend, ResourceStore resources, TelemetryStore telemetry)
    {
        _otlp = otlp;
        _frontend = frontend;
        _resources = resources;
        Telemetry = telemetry;
        FrontendUrl = ListenAddress.WithPort(options.FrontendUrl, frontend.Urls.First());
        LoginUrl = options.BrowserToken is { } token ? new Uri(FrontendUrl, "/login?t=" + Uri.EscapeDataString(token)) : FrontendUrl;
        var addresses = otlp.Urls.ToArray();
        OtlpGrpcUrl = ListenAddress.WithPort(options.OtlpGrpcUrl, addresses[0]);
        OtlpHttpUrl = ListenAddress.WithPort(options.OtlpHttpUrl, addresses[^1]);
    }

    /// <summary>Where the pages are, with the port that was taken.</summary>
    public Uri FrontendUrl { get; }

    /// <summary>The address to open: <see cref="FrontendUrl"/> with <c>/login?t=TOKEN</c>.</summary>
    public Uri LoginUrl { get; }

    /// <summary>Where telemetry over gRPC goes.</summary>
    public Uri OtlpGrpcUrl { get; }

    /// <summary>Where telemetry over HTTP goes.</summary>
    public Uri OtlpHttpUrl { get; }

    internal TelemetryStore Telemetry { get; }

    /// <summary>Starts the dashboard; when it returns, all three addresses answer.</summary>
    /// <exception cref="ArgumentException">An address is not a loopback one, or asks for TLS.</exception>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options, IDashboardModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);

        var telemetry = new TelemetryStore(options);
        var resources = new ResourceStore(model);
        var otlp = OtlpServer.Create(options, telemetry);
        var frontend = FrontendServer.Create(options, model, resources, telemetry);
        try
        {
            await otlp.StartAsync(cancellationToken);
            await frontend.StartAsync(cancellationToken);
        }
        catch
        {
            await otlp.DisposeAsync();
            await frontend.DisposeAsync();
            throw;
        }

        resources.Start();
        return new DashboardServer(options, otlp, frontend, resources, telemetry);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _resources.DisposeAsync();
        await _frontend.DisposeAsync();
        await _otlp.DisposeAsync();
    }
}
