using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The variables that a container has beside those of the model, and where its secrets come from.</summary>
internal sealed class TaskVariables(string stack, string hostEnvironment)
{
    /// <summary>What the model does not set itself: what the image, telemetry and .NET want.</summary>
    public IEnumerable<EnvironmentVariable> DefaultsOf(PublishedResource resource, ImmutableArray<EnvironmentVariable> telemetry)
    {
        foreach (var (name, value) in resource.Known?.Environment ?? [])
        {
            yield return new(name, new Text(value));
        }

        foreach (var variable in RegionOf(resource))
        {
            yield return variable;
        }

        foreach (var variable in telemetry)
        {
            yield return variable;
        }

        if (telemetry.Length > 0)
        {
            yield return new("OTEL_SERVICE_NAME", new Text(resource.Name));
            yield return new(
                "OTEL_RESOURCE_ATTRIBUTES",
                new Text($"service.namespace={stack},deployment.environment.name={hostEnvironment}")
            );
        }

        if (resource.IsDotnet)
        {
            // Before the kill with time left to flush telemetry:
            // https://learn.microsoft.com/dotnet/core/extensions/generic-host#host-shutdown.
            var stop = (int)resource.Options.StopTimeout.TotalSeconds;
            yield return new(
                "DOTNET_SHUTDOWNTIMEOUTSECONDS",
                new Text(Math.Max(stop - 15, stop / 2).ToString(CultureInfo.InvariantCulture))
            );
            yield return new("DOTNET_ENVIRONMENT", new Text(hostEnvironment));
        }
    }

    /// <summary>
    /// Fargate says in which region a task is; the agent of instances and of ECS Anywhere does from 1.104.0 on alone:
    /// https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md.
    /// </summary>
    public static IEnumerable<EnvironmentVariable> RegionOf(PublishedResource resource) =>
        resource.Options.Capacity is FargateCapacity ? [] : [new("AWS_REGION", new StackText("${AWS::Region}"))];

    /// <summary>Variables that share a value share the secret that is composed for it.</summary>
    public static IEnumerable<SecretVariable> SecretsOf(PublishedResource resource, IEnumerable<EnvironmentVariable> variables)
    {
        Dictionary<string, ComposedSecret> composed = new(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            if (variable.Value is SecretValue { Secret: var secret })
            {
                yield return new SecretVariable(variable.Name, new WholeSecret(secret));
                continue;
            }

            if (!composed.TryGetValue(variable.SharedName, out var source))
            {
                source = new ComposedSecret(resource.Name, variable.SharedName, variable.Value);
                var isAlone = composed.Values.All(other => other.Id != source.Id);
                composed[variable.SharedName] = source = isAlone ? source : source with { Suffix = HashOf(variable.SharedName) };
            }

            yield return new SecretVariable(variable.Name, source);
        }
    }

    private static string HashOf(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
}
