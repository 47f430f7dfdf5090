using System.Collections.Immutable;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>
/// What the application costs a month where it runs all the time, as far as the model says: what is billed by the hour is counted, what
/// is billed by use is listed with its price.
/// </summary>
internal sealed record CostEstimate
{
    public required ImmutableArray<CostLine> Lines { get; init; }

    /// <summary>What the numbers take for granted, a sentence each.</summary>
    public required ImmutableArray<string> Assumptions { get; init; }

    public required ImmutableArray<UncountedCost> NotCounted { get; init; }

    /// <summary>A cheaper way to the same, in a sentence or two; null where there is none.</summary>
    public string? Advice { get; init; }

    /// <summary>USD a month with everything scaled in. The sum of the lines as they are shown, so that it can be added up.</summary>
    public decimal Minimum => Lines.Sum(line => line.Minimum);

    /// <summary>USD a month with everything scaled out.</summary>
    public decimal Maximum => Lines.Sum(line => line.Maximum);

    /// <param name="application">The application.</param>
    /// <param name="interfaceEndpoints">How many interface endpoints the network composes in each zone, where tasks have no other way to
    /// AWS.</param>
    /// <param name="templates">Its templates, as customised: what watches is counted there.</param>
    public static CostEstimate Of(FargateApplication application, int interfaceEndpoints, IReadOnlyList<Template> templates) =>
        new()
        {
            Lines =
            [
                .. application.Services.SelectMany(ServiceCosts.Of),
                .. NetworkCosts.Of(application, interfaceEndpoints),
                .. CacheCosts.Of(application),
                .. DatabaseCosts.Of(application),
                .. BrokerCosts.Of(application),
                .. SecretCosts(application),
                .. WatchingCosts.Of(application, templates),
            ],
            Assumptions = AssumptionsOf(application),
            NotCounted = [.. UncountedCosts.Of(application)],
            Advice = NatGatewayAdvice.Of(application),
        };

    private static IEnumerable<CostLine> SecretCosts(FargateApplication application)
    {
        var composed = application.Workloads.SelectMany(workload => workload.ComposedSecrets).Count();
        if (application.Secrets.Length > 0)
        {
            yield return new CostLine("Secrets of the foundation", Prices.SecretMonth, application.Secrets.Length);
        }

        if (composed > 0)
        {
            yield return new CostLine("Secrets composed of others", Prices.SecretMonth, composed);
        }
    }

    private static ImmutableArray<string> AssumptionsOf(FargateApplication application)
    {
        List<string> assumptions =
        [
            $"Prices are {Prices.Source}, on demand, without free tier, taxes and discounts. "
                + (
                    application.Region is { } region && region != Prices.Region
                        ? $"Those of {region}, where it is deployed to, are not known here and differ."
                        : "Other regions differ."
                ),
            $"A month has {Prices.HoursOfMonth} hours, and everything runs through all of them.",
        ];
        if (application.Services.Any(service => service.Scaling is not null))
        {
            assumptions.Add("What scales costs between its fewest and its most tasks, all month.");
        }

        if (application.Services.Any(service => service.Capacity is FargateCapacity { SpotPercent: > 0 }))
        {
            assumptions.Add(
                FormattableString.Invariant(
                    $"Spot is taken to be {Prices.SpotDiscount * 100:0} % off CPU and memory. AWS says up to that, and what it is changes. A share of tasks is counted as a share, whole or not."
                )
            );
        }

        if (application.HasLoadBalancer)
        {
            assumptions.Add(
                $"The load balancer is taken to use one capacity unit; each more is {CostText.Amount(Prices.LoadBalancerUnitHour * Prices.HoursOfMonth)} a month."
            );
        }

        if (application.Services.Length > 0)
        {
            assumptions.Add("While a deployment runs, so do old tasks beside new ones. That is not counted.");
        }

        return [.. assumptions];
    }
}
