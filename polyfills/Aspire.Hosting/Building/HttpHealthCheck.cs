using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Asks an address and compares the status. Where there is no address yet, the check fails.</summary>
internal sealed class HttpHealthCheck(HttpClient client, Func<CancellationToken, ValueTask<Uri?>> getAddress, int expectedStatus) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static void Register(IServiceCollection services, string key, int expectedStatus, Func<CancellationToken, ValueTask<Uri?>> getAddress)
    {
        services.AddHttpClient(key);
        // A request every few seconds is nothing to log.
        services.AddLogging(logging => logging.AddFilter($"System.Net.Http.HttpClient.{key}", LogLevel.None));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            provider => new HttpHealthCheck(provider.GetRequiredService<IHttpClientFactory>().CreateClient(key), getAddress, expectedStatus),
            failureStatus: default,
            tags: default));
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await getAddress(cancellationToken) is not { } address)
        {
            return Failed("The endpoint has no address yet.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_patience);
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return (int)response.StatusCode == expectedStatus
                ? HealthCheckResult.Healthy()
                : Failed($"Request to {address} returned {(int)response.StatusCode} {response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"Request to {address} timed out");
        }
        catch (HttpRequestException exception)
        {
            return Failed($"Failed to connect to {address}", exception);
        }

        HealthCheckResult Failed(string description, Exception? exception = null) =>
            new(context.Registration.FailureStatus, description, exception);
    }
}
