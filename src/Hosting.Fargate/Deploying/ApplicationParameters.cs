using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>The values of the application template's parameters.</summary>
internal static class ApplicationParameters
{
    /// <summary>The names of parameters that have a value neither here nor deployed.</summary>
    public static IEnumerable<string> Missing(FargateApplication application, GivenValues given, LiveStack? live) =>
        application
            .Parameters.Where(parameter =>
                ValueOf(parameter, given) is null && parameter.Default is null && !WasDeployed(parameter.Id, live)
            )
            .Select(parameter => parameter.Name)
            .Distinct(StringComparer.Ordinal);

    /// <param name="session">The application.</param>
    /// <param name="given">The values of the model's parameters.</param>
    /// <param name="foundation">The foundation, whose outputs some of them are.</param>
    /// <param name="live">The stack as it is.</param>
    /// <param name="images">The image of each workload, by parameter.</param>
    /// <param name="versions">The version of each secret, by parameter.</param>
    /// <param name="edge">What was looked up for CloudFront, by parameter.</param>
    /// <exception cref="DistributedApplicationException">A parameter has no value.</exception>
    public static IReadOnlyList<Parameter> Of(
        DeploySession session,
        GivenValues given,
        LiveStack? foundation,
        LiveStack? live,
        IReadOnlyDictionary<string, string> images,
        IReadOnlyDictionary<string, string> versions,
        IReadOnlyDictionary<string, string> edge
    )
    {
        var outputs = FoundationOutputs.ParametersOf(session.Application, session.Templates.Application).ToHashSet(StringComparer.Ordinal);
        var plain = session.Application.Parameters.ToDictionary(parameter => parameter.Id, StringComparer.Ordinal);
        List<Parameter> values = [];
        foreach (var id in session.Templates.Application.Parameters.Keys)
        {
            if (outputs.Contains(id))
            {
                values.Add(
                    new Parameter
                    {
                        ParameterKey = id,
                        ParameterValue = foundation?.Outputs.GetValueOrDefault(id) ?? throw NotGiven(session, id),
                    }
                );
            }
            else if (
                (
                    images.GetValueOrDefault(id)
                    ?? versions.GetValueOrDefault(id)
                    ?? edge.GetValueOrDefault(id)
                    ?? (plain.TryGetValue(id, out var parameter) ? ValueOf(parameter, given) : null)
                ) is
                { } value
            )
            {
                values.Add(new Parameter { ParameterKey = id, ParameterValue = value });
            }
            else if (WasDeployed(id, live) && plain.GetValueOrDefault(id) is null or { Default: null })
            {
                values.Add(new Parameter { ParameterKey = id, UsePreviousValue = true });
            }
            else if (plain.GetValueOrDefault(id) is { Default: null } missing)
            {
                throw new DistributedApplicationException(given.Missing(missing.Name));
            }
        }

        return values;
    }

    private static DistributedApplicationException NotGiven(DeploySession session, string output) =>
        new(
            $"The stack '{session.FoundationName}' has no output '{output}', which '{session.Name}' needs. Was it changed by hand? Run deploy again."
        );

    private static bool WasDeployed(string id, LiveStack? live) => live is { HoldsResources: true } && live.Parameters.ContainsKey(id);

    private static string? ValueOf(Hosting.Fargate.Application.ParameterSpec parameter, GivenValues given) =>
        given[parameter.Name] is not { } value
            ? parameter.Current
            : parameter.Format switch
            {
                ValueFormat.Uri => Uri.EscapeDataString(value),
                ValueFormat.Lowercase => value.ToLowerInvariant(),
                _ => value,
            };
}
