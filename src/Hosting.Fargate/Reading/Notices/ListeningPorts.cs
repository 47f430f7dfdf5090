using System.Globalization;
using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Where the model itself tells a program to listen: that wins over what publish says, and others look for it at the ports of its
/// endpoints. On a laptop Aspire's proxy stands between the two.
/// </summary>
internal static partial class ListeningPorts
{
    /// <summary>
    /// They win over HTTP_PORTS: https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints.
    /// </summary>
    private static readonly string[] s_urls = ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS"];

    /// <summary>
    /// https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints, with the prefixes of the host's variables.
    /// </summary>
    private static readonly string[] s_tlsPorts = ["HTTPS_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_HTTPS_PORTS"];

    private static readonly string[] s_ports = ["HTTP_PORTS", "ASPNETCORE_HTTP_PORTS", "DOTNET_HTTP_PORTS"];

    public static IEnumerable<Notice> Notices(WorkloadDraft draft)
    {
        if (TlsVariable(draft) is { } tls)
        {
            yield return new Notice(
                draft.Resource.Name,
                $"is to listen with TLS ({tls}), for which its image has no certificate: Kestrel ends as it starts. TLS ends at the load "
                    + "balancer, behind which programs speak plain HTTP: give the variable in run mode alone "
                    + "(builder.ExecutionContext.IsRunMode), or without https.",
                IsWarning: true
            );
        }

        var told = draft.Resource.IsDotnet ? ToldDotnet(draft) : ToldPort(draft);
        foreach (var (endpoint, name) in told is null ? OfVariables(draft) : [])
        {
            yield return new Notice(
                draft.Resource.Name,
                $"has the port of its endpoint '{endpoint.Name}' in {name} alone, of which Kestrel hears nothing. Where the program does not "
                    + "listen there by itself, nobody answers, and a load balancer takes the service for unhealthy: leave env out "
                    + $"(WithHttpEndpoint(name: \"{endpoint.Name}\")).",
                IsWarning: true
            );
        }

        if (told is not { Variable: var variable, Places: var places } || places.Count == 0 || draft.Resource.Service is null)
        {
            yield break;
        }

        // What speaks TLS is told above, and is where no endpoint of a project is.
        var plain = places.Where(place => !place.IsTls).Select(place => place.Port).ToList();
        var ports = string.Join(" and ", places.Select(place => place.Port).Distinct());
        foreach (
            var endpoint in draft
                .Resource.Endpoints.Where(endpoint => endpoint.Port.Protocol != PortProtocol.Tcp)
                .DistinctBy(endpoint => endpoint.Port.Number)
                .Where(endpoint => plain.Count > 0 && places.TrueForAll(place => place.Port != endpoint.Port.Number))
        )
        {
            yield return new Notice(
                draft.Resource.Name,
                $"listens on {ports} ({variable}), and on AWS its endpoint '{endpoint.Name}' is port {endpoint.Port.Number}, where nobody "
                    + $"answers then. Give the variable in run mode alone (builder.ExecutionContext.IsRunMode), or the endpoint that port: "
                    + $".WithEndpoint(\"{endpoint.Name}\", endpoint => endpoint.TargetPort = {plain[0]}).",
                IsWarning: true
            );
        }

        if (draft.Resource.Endpoints.Count == 0)
        {
            yield return new Notice(
                draft.Resource.Name,
                $"listens on {ports} ({variable}), and has no endpoint in the model, without which nobody reaches it on AWS. Give it one: "
                    + $".WithHttpEndpoint(targetPort: {places[0].Port}), before WithExternalHttpEndpoints where people are to call it.",
                IsWarning: true
            );
        }

        if (places.TrueForAll(place => place.IsLoopback))
        {
            yield return new Notice(
                draft.Resource.Name,
                $"listens on localhost alone ({variable}), where neither a load balancer nor another service reaches it. Name all addresses: "
                    + $"http://+:{places[0].Port}.",
                IsWarning: true
            );
        }
    }

    /// <summary>
    /// The endpoints of a .NET program whose port a variable of the model has (env: "PORT"): Aspire leaves them out of HTTP_PORTS, as it
    /// leaves them out of ASPNETCORE_URLS on a laptop.
    /// </summary>
    private static IEnumerable<PortOfVariable> OfVariables(WorkloadDraft draft)
    {
        if (!draft.Resource.IsDotnet || draft.Resource.Service is null)
        {
            return [];
        }

        var texts = draft
            .Variables.Where(variable => variable.Value is Text)
            .ToDictionary(variable => variable.Name, variable => ((Text)variable.Value).Content);
        var heard = s_ports.Select(name => texts.GetValueOrDefault(name)).FirstOrDefault(text => text is not null) ?? "8080";
        return draft
            .Resource.Endpoints.Where(endpoint => endpoint is { Scheme: "http" })
            .Select(endpoint => new { Endpoint = endpoint, Port = endpoint.Port.Number.ToString(CultureInfo.InvariantCulture) })
            .Where(found => !heard.Split(';').Contains(found.Port))
            .Select(found => new { found.Endpoint, Variable = texts.Keys.FirstOrDefault(name => texts[name] == found.Port) })
            .Where(found => found.Variable is not null)
            .Select(found => new PortOfVariable(found.Endpoint, found.Variable!));
    }

    /// <summary>The variable that has a .NET program speak TLS, where none says where its certificate is.</summary>
    private static string? TlsVariable(WorkloadDraft draft)
    {
        if (!draft.Resource.IsDotnet || draft.Variables.Any(variable => Certificate().IsMatch(variable.Name)))
        {
            return null;
        }

        return draft
            .Variables.Where(variable => variable.Value is Text { Content.Length: > 0 })
            .FirstOrDefault(variable =>
                s_tlsPorts.Contains(variable.Name, StringComparer.OrdinalIgnoreCase)
                || (
                    (s_urls.Contains(variable.Name, StringComparer.OrdinalIgnoreCase) || KestrelUrl().IsMatch(variable.Name))
                    && ((Text)variable.Value).Content.Contains("https://", StringComparison.OrdinalIgnoreCase)
                )
            )
            ?.Name;
    }

    /// <summary>What .NET is told: an endpoint of Kestrel wins over all else.</summary>
    private static Told? ToldDotnet(WorkloadDraft draft)
    {
        var texts = draft
            .Variables.Select(variable => new { variable.Name, Text = (variable.Value as Text)?.Content })
            .Where(variable => variable.Text is { Length: > 0 })
            .ToList();
        var kestrel = texts.Where(variable => KestrelUrl().IsMatch(variable.Name)).ToList();
        var told =
            kestrel.Count > 0
                ? new { kestrel[0].Name, Text = (string?)string.Join(';', kestrel.Select(variable => variable.Text)) }
                : texts.Find(variable => s_urls.Contains(variable.Name, StringComparer.OrdinalIgnoreCase));
        return told is null
            ? null
            : new Told(
                told.Name,
                [
                    .. Url()
                        .Matches(told.Text ?? "")
                        .Select(match => new Place(
                            int.TryParse(match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
                                : match.Groups["scheme"].Value.EndsWith('s') ? 443
                                : 80,
                            match.Groups["host"].Value is "localhost" or "127.0.0.1" or "[::1]",
                            match.Groups["scheme"].Value.EndsWith('s')
                        )),
                ]
            );
    }

    /// <summary>
    /// What others are told, by the variable that all platforms have for it. What a Dockerfile exposes is what it serves with, as nginx
    /// does that never asks for it.
    /// </summary>
    private static Told? ToldPort(WorkloadDraft draft) =>
        draft.Variables.FirstOrDefault(variable => variable.Name == "PORT")?.Value is Text { Content: var text }
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && draft.Resource.Endpoints is [_]
        && draft.Resource.Known is null
        && ExposedPort.Of(draft.Resource.Resource) is null
            ? new Told("PORT", [new Place(port, IsLoopback: false, IsTls: false)])
            : null;

    /// <summary>Where a variable tells a program to listen.</summary>
    private sealed record Told(string Variable, List<Place> Places);

    private sealed record Place(int Port, bool IsLoopback, bool IsTls);

    /// <summary>An endpoint whose port a variable has.</summary>
    private sealed record PortOfVariable(PublishedEndpoint Endpoint, string Variable);

    [GeneratedRegex(@"\AKestrel__Endpoints__.+__Url\z", RegexOptions.IgnoreCase)]
    private static partial Regex KestrelUrl();

    /// <summary>Kestrel's own words, whatever stands before them: ASPNETCORE_Kestrel__Certificates__Default__Path.</summary>
    [GeneratedRegex(@"Kestrel__(?:Certificates|Endpoints__.+__Certificate)__", RegexOptions.IgnoreCase)]
    private static partial Regex Certificate();

    [GeneratedRegex(@"(?<scheme>https?)://(?<host>\[[^\]]*\]|[^:/;]+)(?::(?<port>\d+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}
