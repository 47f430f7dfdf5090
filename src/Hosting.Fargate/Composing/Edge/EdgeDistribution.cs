using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>A distribution of CloudFront, and what it serves.</summary>
/// <param name="Name">What it is called; null for the one with the application's address.</param>
/// <param name="Owner">The resource of the model that it is there for; null where it is all.</param>
internal sealed record EdgeDistribution(string? Name, string? Owner)
{
    private const string Hosts = "service-hosts";

    public string Id => PublicName.DistributionId(Name);

    /// <summary>The names of the domain that it answers to.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The files that it serves; null where all is of services.</summary>
    public Site? Site { get; init; }

    /// <summary>Whether it comes to the load balancer.</summary>
    public bool HasLoadBalancer { get; init; }

    /// <summary>The name by which the load balancer's rules know it, where it is one endpoint's own.</summary>
    public string? OfService { get; init; }

    /// <summary>All of an application's, that with its address first.</summary>
    public static IReadOnlyList<EdgeDistribution> Of(FargateApplication application)
    {
        if (!application.HasDistribution)
        {
            return [];
        }

        var names = EdgeComposer.Names(application);
        var first = application.Sites.FirstOrDefault(site => site.Place.Distribution is null);
        string[] ofSites = [.. application.Sites.Select(site => site.Place.Host).OfType<string>()];
        string[] ofServices = first is null ? [] : [.. names.Skip(1).Except(ofSites, StringComparer.Ordinal)];
        var hasPaths = application.HasEdge && PathsOf(application).Any();
        return
        [
            new(Name: null, Owner: null)
            {
                Aliases = [.. names.Except(ofSites, StringComparer.Ordinal).Except(ofServices, StringComparer.Ordinal)],
                Site = first,
                HasLoadBalancer = first is null || hasPaths,
            },
            .. ofServices.Length == 0
                ? []
                : new EdgeDistribution[]
                {
                    new(Hosts, Owner: null) { Aliases = [.. ofServices], HasLoadBalancer = true },
                },
            .. EdgeComposer
                .OwnDistributions(application)
                .Select(own => new EdgeDistribution(own.Distribution, own.Service.Name)
                {
                    HasLoadBalancer = true,
                    OfService = own.Distribution,
                }),
            .. application
                .Sites.Where(site => site.Place.Distribution is not null)
                .Select(site => new EdgeDistribution(site.Place.Distribution, site.Name)
                {
                    Aliases = site.Place.Host is { } host ? [host] : [],
                    Site = site,
                    HasLoadBalancer = hasPaths,
                }),
        ];
    }

    /// <summary>The distribution that answers to a name of the domain: what it is called, null for the first.</summary>
    public static string? NameOf(FargateApplication application, string host) =>
        Of(application).FirstOrDefault(distribution => distribution.Aliases.Contains(host))?.Name;

    /// <summary>
    /// The paths that services have under every name, in the order of their rules; what has neither a path nor a host has no place beside
    /// files. As with the load balancer's rules, <c>/orders/*</c> is <c>/orders</c> too.
    /// </summary>
    public static IEnumerable<string> PathsOf(FargateApplication application) =>
        application
            .Services.SelectMany(service => service.Routes)
            .SelectMany(route => route.Rules)
            .Where(rule => rule is { Path: not null, Host: null, Port: null, Distribution: null })
            .OrderBy(rule => rule.Priority)
            .SelectMany(ListenerRules.Patterns)
            .Distinct(StringComparer.Ordinal);
}
