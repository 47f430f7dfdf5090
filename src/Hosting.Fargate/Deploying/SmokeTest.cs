using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// The first request, as a user would send it: through the load balancer to each service that it can reach by a health check's path, and to
/// the page of each site.
/// </summary>
internal sealed class SmokeTest(DeploySession session, HttpClient http, TimeSpan patience)
{
    /// <param name="outputs">The outputs of the application's stack, its address among them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DistributedApplicationException">A service does not answer as it should.</exception>
    public async Task RunAsync(IReadOnlyDictionary<string, string> outputs, CancellationToken cancellationToken)
    {
        var own = ServiceAddress.Of(session.Application).Where(address => address.Rule.Distribution is not null).ToList();
        foreach (var service in session.Application.Services)
        {
            var url = own.Find(address => address.Service == service && Asked(service).Any(route => route.Rules.Contains(address.Rule)))
                is { } address
                ? outputs.GetValueOrDefault(address.OutputId) ?? outputs["Url"]
                : outputs["Url"];
            if (AddressOf(service, url) is { } target)
            {
                await RequestAsync(target, service.Health.SuccessCodes, cancellationToken);
            }
        }

        foreach (var site in session.Application.Sites)
        {
            if (outputs.GetValueOrDefault(SiteAddress.OutputId(site)) is { } address)
            {
                await RequestAsync((new Uri(address), null), "200", cancellationToken);
            }
        }
    }

    /// <summary>The address of the service's health check from outside; null where no route of the service leads there.</summary>
    internal static (Uri Address, string? Host)? AddressOf(ServiceSpec service, string url)
    {
        var asked = Asked(service);
        if (asked.Exists(route => route.Rules.Length == 0))
        {
            return (new Uri(url.TrimEnd('/') + service.Health.Path), null);
        }

        var rule = asked
            .SelectMany(route => route.Rules)
            .FirstOrDefault(rule => rule.Host?.Contains('*') != true && Covers(rule.Path, service.Health.Path));
        if (rule is null)
        {
            return null;
        }

        var address = new UriBuilder(url.TrimEnd('/') + service.Health.Path);
        address.Port = rule.Port ?? address.Port;
        return (address.Uri, rule.Host);
    }

    /// <summary>The routes to the port that the health check asks.</summary>
    private static List<Route> Asked(ServiceSpec service) =>
        [.. service.Routes.Where(route => (service.Health.Port ?? route.Port).Number == route.Port.Number)];

    private static bool Covers(string? pattern, string path) =>
        pattern is null or "/*"
        || pattern == path
        || (pattern.EndsWith('*') && !pattern[..^1].Contains('*') && path.StartsWith(pattern[..^1], StringComparison.Ordinal));

    private async Task RequestAsync((Uri Address, string? Host) target, string codes, CancellationToken cancellationToken)
    {
        var begun = session.Time.GetTimestamp();
        var waiting = new Waiting(session.Time);
        string last;
        do
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, target.Address);
                request.Headers.Host = target.Host;
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (Matches((int)response.StatusCode, codes))
                {
                    session.Logger.LogInformation("✓ GET {Address} answers {Status}", target.Address, (int)response.StatusCode);
                    return;
                }

                last = $"it answers {(int)response.StatusCode}, where {codes} is healthy";
            }
            catch (Exception exception)
                when (exception is HttpRequestException
                    || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                // The name of a new load balancer takes a minute to be known everywhere.
                last = exception is HttpRequestException ? exception.Message : "it does not answer in time";
            }

            await waiting.PauseAsync(cancellationToken);
        } while (session.Time.GetElapsedTime(begun) < patience);
        throw new DistributedApplicationException(
            $"Everything is deployed and healthy to the load balancer, but GET {target.Address} did not do for {patience.TotalSeconds:0} s: {last}. "
                + "Nothing was rolled back. Is the name known where you are, and does a firewall let you out?"
        );
    }

    /// <summary>As the load balancer has it: <c>200-299,301</c>.</summary>
    private static bool Matches(int status, string codes) =>
        codes
            .Split(',')
            .Select(range => range.Split('-'))
            .Any(range => int.TryParse(range[0], out var from) && int.TryParse(range[^1], out var to) && status >= from && status <= to);
}
