using System.Globalization;
using System.Security.Cryptography;
using Aspire.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using DashboardOptions = Aspire.Dashboard.DashboardOptions;

namespace Aspire.Hosting.Run.Dashboard;

/// <summary>Runs the dashboard in this process, and tells the resources where it takes their telemetry.</summary>
internal sealed class DashboardHost(IConfiguration configuration, DashboardModel model, ILogger<DistributedApplication> logger)
    : IHostedService, IAsyncDisposable
{
    private DashboardServer? _server;

    /// <summary>Starts the dashboard. Without it the application runs all the same, and says so.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isOpen = Read("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS") is { } anonymous
            && bool.TryParse(anonymous, out var isAnonymous) && isAnonymous;
        var defaults = new DashboardOptions();
        var options = new DashboardOptions
        {
            FrontendUrl = Address("ASPNETCORE_URLS", "URLS"),
            OtlpGrpcUrl = Address("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"),
            OtlpHttpUrl = Address("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"),
            BrowserToken = isOpen
                ? null
                : Read("ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN", "AppHost:BrowserToken") ?? NewToken(),
            OtlpApiKey = isOpen ? null : Read("AppHost:OtlpApiKey") ?? NewToken(),
            MaxLogCount = Limit("MaxLogCount", defaults.MaxLogCount),
            MaxTraceCount = Limit("MaxTraceCount", defaults.MaxTraceCount),
            MaxMetricsCount = Limit("MaxMetricsCount", defaults.MaxMetricsCount),
            MaxAttributeCount = Limit("MaxAttributeCount", defaults.MaxAttributeCount),
            MaxAttributeLength = Limit("MaxAttributeLength", defaults.MaxAttributeLength),
        };

        try
        {
            _server = await DashboardServer.StartAsync(options, model, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning("The dashboard did not start: {Problem} The application runs without it.", exception.Message);
            return;
        }

        // The environment of each resource is made from these when it starts.
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Text(_server.OtlpGrpcUrl);
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = Text(_server.OtlpHttpUrl);
        configuration["AppHost:OtlpApiKey"] = options.OtlpApiKey;
        configuration["AppHost:BrowserToken"] = options.BrowserToken;

        logger.LogInformation("Dashboard: {DashboardUrl}", Text(_server.FrontendUrl));
        logger.LogInformation("Login to the dashboard at {DashboardLoginUrl}", Text(_server.LoginUrl));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops the dashboard: last of all, so that it shows how the rest stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A limit that the AppHost's configuration sets, by the names of Aspire's dashboard.</summary>
    private int Limit(string name, int ordinary) =>
        int.TryParse(configuration[$"Dashboard:TelemetryLimits:{name}"], CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : ordinary;

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Text(Uri url) => url.ToString().TrimEnd('/');

    private string? Read(params string[] names) =>
        names.Select(name => configuration[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    // A profile often names an https address before the http one. The dashboard needs no certificate: it serves this machine alone.
    private Uri Address(params string[] names)
    {
        var urls = (Read(names) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null)
            .OfType<Uri>()
            .ToList();
        var chosen = urls.Find(url => url.Scheme == Uri.UriSchemeHttp) ?? urls.FirstOrDefault();
        return chosen is null
            ? new Uri("http://localhost:0")
            : new UriBuilder(chosen) { Scheme = Uri.UriSchemeHttp, Port = chosen.Port, Host = chosen.IsLoopback ? chosen.Host : "localhost" }.Uri;
    }
}
