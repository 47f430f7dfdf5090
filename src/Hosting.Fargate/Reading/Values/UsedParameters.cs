using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The parameters and secrets of the model that something published uses.</summary>
internal sealed record UsedParameters(ImmutableArray<ParameterSpec> Parameters, ImmutableArray<SecretSpec> Secrets)
{
    public IEnumerable<string> Names => [.. Parameters.Select(parameter => parameter.Name), .. Secrets.Select(secret => secret.Name)];

    public static UsedParameters Of(ParameterReader read, IReadOnlyList<Workload> workloads, IEnumerable<Value> managed)
    {
        var used = workloads
            .SelectMany(workload => workload.Containers)
            .SelectMany(container => container.Values)
            .Concat(managed)
            .SelectMany(value => value.Parts)
            .ToList();
        var inUse = used.OfType<SecretValue>().Select(value => value.Secret).ToHashSet();
        return new UsedParameters(
            [
                .. read.Parameters.Intersect(
                    used.OfType<ParameterValue>()
                        .Select(value => value.Parameter)
                        .Concat(used.OfType<Choice>().Select(choice => choice.Parameter))
                ),
            ],
            [
                // The encoded form of a generated secret is made from the secret itself, which must stay the same.
                .. read.Secrets.Where(secret =>
                    inUse.Contains(secret)
                    || (secret is { IsGenerated: true, Format: ValueFormat.AsIs } && inUse.Any(other => other.Name == secret.Name))
                ),
                .. workloads.OfType<ServiceSpec>().Select(service => service.Keys).OfType<SecretSpec>(),
            ]
        );
    }

    /// <summary>A text with a secret inside is composed once, and keeps what the secret was.</summary>
    public static void CheckRotation(IEnumerable<Workload> workloads, Refusals refusals)
    {
        foreach (var workload in workloads)
        {
            foreach (var composed in workload.SecretVariables.Select(variable => variable.Source).OfType<ComposedSecret>())
            {
                foreach (
                    var secret in composed
                        .Value.Parts.OfType<SecretValue>()
                        .Select(value => value.Secret)
                        .Where(secret => secret.Rotation is not null)
                )
                {
                    refusals.Add(
                        workload.Name,
                        $"'{workload.Name}' has the secret '{secret.Name}' inside the text of "
                            + $"{composed.Variable}, which would keep the old value when the secret is rotated (WithRotation). "
                            + $"Give it the secret alone (WithEnvironment(\"…\", {secret.Name})), and let the program put the text together."
                    );
                }
            }
        }
    }
}
