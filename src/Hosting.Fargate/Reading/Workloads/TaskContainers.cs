using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The containers of a task: that of the model, and those that stand beside it.</summary>
internal sealed class TaskContainers(
    FargateEnvironmentResource environment,
    TaskImages images,
    TaskVariables added,
    PublicAddresses addresses,
    Refusals refusals
)
{
    /// <summary>
    /// What the Service Connect proxy is given of the task's memory, in MiB:
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html.
    /// </summary>
    private const int ConnectProxyMemory = 128;

    public ImmutableArray<Container> Read(
        WorkloadDraft draft,
        TaskSize size,
        bool usesConnect,
        SecretSpec? keys,
        ImmutableArray<Route> routes
    )
    {
        var resource = draft.Resource;
        var options = resource.Options;
        var telemetry = TelemetryOf(draft);
        CapacityRules.Check(resource, environment.Network, telemetry, refusals);
        var (telemetrySidecars, telemetryVariables) = TelemetryReader.Read(
            telemetry,
            environment.TelemetryImageOf(telemetry),
            OwnTelemetry.HttpProtocolOf(draft)
        );
        CheckTelemetryImages(resource, telemetrySidecars);
        Container[] first = keys is null ? [] : [BrowserRules.KeysContainer(keys, images.Of(BrowserRules.ImageOf(environment)))];
        Container[] sidecars =
        [
            .. first,
            .. telemetrySidecars.Select(sidecar =>
                sidecar with
                {
                    Image = images.Of(((RegistryImage)sidecar.Image).Reference),
                    Environment = [.. TaskVariables.RegionOf(resource), .. sidecar.Environment],
                }
            ),
            .. options.Sidecars.Select(sidecar => SidecarOf(resource, sidecar)),
        ];
        CheckStop(resource);
        ContainerHealthRules.Check(resource, refusals);
        var defaults = added
            .DefaultsOf(resource, telemetryVariables)
            .Concat(keys is null ? [] : [BrowserRules.KeysFolderVariable])
            .Concat(EdgeRules.VariablesOf(resource, environment.Ingress, routes))
            .Concat(LoginServer.VariablesOf(draft, environment, addresses));
        var variables = draft
            .Variables.Concat(defaults.Where(variable => !draft.Variables.Any(given => given.Name == variable.Name)))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToList();
        var main = new Container
        {
            Name = resource.Name,
            Image = draft.Built is { } built ? built : ImageOf(resource),
            EntryPoint = (resource.Resource as ContainerResource)?.Entrypoint,
            Command = draft.Command,
            Environment = [.. variables.Where(variable => !variable.Value.HoldsSecret)],
            Secrets = [.. TaskVariables.SecretsOf(resource, variables.Where(variable => variable.Value.HoldsSecret))],
            Ports = [.. resource.Endpoints.Select(endpoint => endpoint.Port).DistinctBy(port => port.Number)],
            Mounts = keys is null ? draft.Mounts : [.. draft.Mounts, BrowserRules.KeysMount],
            Memory = MemoryOf(resource, size, sidecars, usesConnect, DatabaseMaker.MemoryOf(draft)),
            StopSeconds = (int)options.StopTimeout.TotalSeconds,
            HealthCheck = options.ContainerHealthCheck
                ?? (resource.Endpoints.Any(endpoint => endpoint.Port.Number == resource.Known?.Port) ? resource.Known?.HealthCheck : null),
            StartsAfter =
            [
                .. first.Select(container => container.Name),
                .. telemetrySidecars.Select(sidecar => sidecar.Name),
                .. options.Sidecars.Where(sidecar => sidecar.StartsFirst).Select(sidecar => sidecar.Name),
            ],
            ReadonlyRootFilesystem = options.ReadonlyRootFilesystem,
            User = options.User,
        };
        if (DatabaseMaker.Of(draft, main) is { } databases)
        {
            sidecars = [.. sidecars, databases];
        }

        CheckNames(resource, sidecars);
        return [main, .. sidecars];
    }

    public Telemetry TelemetryOf(WorkloadDraft draft) =>
        !PublishesTelemetry.Of(draft.Resource.Resource)
            ? Telemetry.None
            : draft.Resource.Options.Telemetry ?? (OwnTelemetry.HasEndpoint(draft) ? Telemetry.None : environment.Telemetry);

    private void CheckTelemetryImages(PublishedResource resource, ImmutableArray<Container> sidecars)
    {
        foreach (
            var image in sidecars.Select(sidecar => ((RegistryImage)sidecar.Image).Reference).Where(image => !images.IsReachable(image))
        )
        {
            Refuse(
                resource,
                $"sends its telemetry by a sidecar with the image '{image}', and tasks behind VPC endpoints reach no "
                    + "registry but ECR. Copy the image to ECR and name the copy (WithTelemetry(…, image: …)), or use Telemetry.Direct or "
                    + "Telemetry.None."
            );
        }
    }

    private int MemoryOf(PublishedResource resource, TaskSize size, Container[] sidecars, bool usesConnect, int databases)
    {
        var memory = size.Memory - databases - sidecars.Sum(sidecar => sidecar.Memory) - (usesConnect ? ConnectProxyMemory : 0);
        if (memory < 64)
        {
            var beside = string.Join(", ", sidecars.Select(sidecar => $"{sidecar.Name} takes {sidecar.Memory}"));
            Refuse(
                resource,
                $"leaves its container {memory} MiB of the task's {size.Memory}: {beside}"
                    + $"{(usesConnect ? $", Service Connect {ConnectProxyMemory}" : "")}. Raise Memory, or lower what stands beside it."
            );
        }

        return memory;
    }

    private void CheckStop(PublishedResource resource)
    {
        var stop = resource.Options.StopTimeout;
        if (stop.TotalSeconds is < 2 or > 120 || stop.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            Refuse(resource, $"sets StopTimeout = {stop.TotalSeconds} s. Fargate takes whole seconds, 2 to 120.");
        }
    }

    private void CheckNames(PublishedResource resource, Container[] sidecars)
    {
        foreach (
            var twice in sidecars
                .Select(sidecar => sidecar.Name)
                .Append(resource.Name)
                .GroupBy(name => name)
                .Where(group => group.Count() > 1)
        )
        {
            Refuse(resource, $"has two containers named '{twice.Key}' in one task. Name the sidecar otherwise.");
        }
    }

    private Container SidecarOf(PublishedResource resource, Sidecar sidecar)
    {
        if (sidecar.Memory < 6)
        {
            Refuse(resource, $"gives the sidecar '{sidecar.Name}' {sidecar.Memory} MiB. A container has 6 at the least.");
        }

        if (!images.IsReachable(sidecar.Image))
        {
            Refuse(
                resource,
                $"has the sidecar '{sidecar.Name}' with the image '{sidecar.Image}', and tasks behind VPC endpoints reach "
                    + "no registry but ECR. Copy the image to ECR, or use WithPrivateTasks."
            );
        }

        if (sidecar.Environment.Values.Concat(sidecar.Command).Any(text => text.Contains("{{resolve:", StringComparison.Ordinal)))
        {
            Refuse(
                resource,
                $"gives the sidecar '{sidecar.Name}' the text '{{{{resolve:', which CloudFormation would replace by a "
                    + "secret's value. Write the text otherwise."
            );
        }

        return new Container
        {
            Name = sidecar.Name,
            Image = images.Of(sidecar.Image),
            Essential = sidecar.Essential,
            Cpu = sidecar.Cpu,
            Memory = sidecar.Memory,
            Command = [.. sidecar.Command.Select(argument => new Text(argument))],
            Environment =
            [
                .. sidecar
                    .Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new EnvironmentVariable(pair.Key, new Text(pair.Value))),
            ],
            HealthCheck = sidecar.HealthCheck,
            Reason = $"{resource.Name}: AddSidecar(\"{sidecar.Name}\")",
        };
    }

    private RegistryImage ImageOf(PublishedResource resource)
    {
        if (!resource.Resource.TryGetContainerImageName(out var image))
        {
            Refuse(resource, "has no image. Name one: AddContainer(name, image, tag).");
        }
        else if (!images.IsReachable(image))
        {
            Refuse(
                resource,
                $"uses the image '{image}', and tasks behind VPC endpoints reach no registry but ECR. Copy the image to ECR, "
                    + "or use WithPrivateTasks."
            );
        }

        return images.Of(image ?? "");
    }

    private void Refuse(PublishedResource resource, string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
}
