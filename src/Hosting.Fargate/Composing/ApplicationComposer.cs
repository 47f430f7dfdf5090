using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The application's stack: stateless but for databases and brokers, so that all else can be deleted and made again around those without
/// losing anything.
/// </summary>
internal static class ApplicationComposer
{
    public static Template Compose(FargateApplication application)
    {
        var template = new Template(
            application.Name,
            $"{application.Name}: network, load balancer, tasks and services. Made by publish from the model; images, secrets and data are in {application.FoundationName}."
        );
        AddParameters(template, application);
        foreach (var (name, condition) in ValueComposer.Conditions(ValuesOf(application)))
        {
            template.Conditions[name] = condition;
        }

        template.Add(NetworkComposer.Compose(application));
        template.Add(LoadBalancerComposer.Compose(application));
        template.Add(WebAclComposer.Compose(application));
        template.Add(EdgeComposer.Compose(application));
        template.Add(ClusterComposer.Compose(application));
        template.Add(VolumeComposer.Compose(application));
        foreach (var cache in application.Caches)
        {
            template.Add(CacheComposer.Compose(application, cache));
        }

        foreach (var server in application.Databases)
        {
            template.Add(DatabaseComposer.Compose(application, server));
            foreach (var replica in server.Aurora is null ? server.Replicas : [])
            {
                template.Add(ReplicaComposer.Compose(application, server, replica));
            }
        }

        foreach (var broker in application.Brokers)
        {
            template.Add(BrokerComposer.Compose(application, broker));
        }

        foreach (var shell in application.Shells)
        {
            template.Add(ServiceComposer.Compose(application, shell.Task));
        }

        foreach (var task in application.Tasks)
        {
            template.Add(ServiceComposer.Compose(application, task));
        }

        foreach (var service in application.Services)
        {
            template.Add(ServiceComposer.Compose(application, service));
        }

        template.Add(RotationComposer.Compose(application));
        template.Add(AlarmComposer.ComposeShared(application));
        template.Add(DashboardComposer.Compose(application));
        template.NoteClashesOfParameters();
        AddOutputs(template, application);
        FoundationOutputs.Declare(application, template);
        FoundationImports.Apply(application, template);
        Tagging.Apply(template, application);
        Dependencies.Prune(template);
        return template;
    }

    private static IEnumerable<Value> ValuesOf(FargateApplication application) =>
        application
            .Definitions.SelectMany(workload => workload.Containers)
            .SelectMany(container =>
                container
                    .Environment.Select(variable => variable.Value)
                    .Concat(container.Command)
                    .Concat(
                        container.Secrets.Select(variable => variable.Source).OfType<ComposedSecret>().Select(composed => composed.Value)
                    )
            );

    private static void AddParameters(Template template, FargateApplication application)
    {
        foreach (var workload in application.Workloads)
        {
            if (workload.Main.Image is BuiltImage image)
            {
                template.AddParameter(
                    image.ParameterId,
                    $"'{workload.Name}' (its image)",
                    new()
                    {
                        Comment = $"{workload.Declaration}: deploy builds the image and names it by digest",
                        ["Type"] = "String",
                        ["AllowedPattern"] = @"^[^@\s]+@sha256:[0-9a-f]{64}$",
                        ["ConstraintDescription"] = "an image by digest: repository@sha256:...",
                    }
                );
            }
        }

        if (application.HasEdge)
        {
            template.AddParameter(EdgeComposer.PrefixListParameter, "WithCloudFront", EdgeComposer.PrefixList());
            if (application is { HasPrivateEdge: true, Network: OwnNetwork network })
            {
                template.AddParameter(EdgeComposer.ZonesParameter, "WithCloudFront", EdgeComposer.Zones(network));
            }
        }

        foreach (var parameter in EdgeStackComposer.Parameters(application))
        {
            template.AddParameter(parameter, "WithCloudFront", EdgeStackComposer.Parameter(application));
        }

        foreach (var parameter in application.Parameters)
        {
            template.AddParameter(
                parameter.Id,
                $"'{parameter.Name}' (AddParameter)",
                new()
                {
                    Comment =
                        $"AddParameter(\"{parameter.Name}\")"
                        + parameter.Format switch
                        {
                            ValueFormat.Uri => ", percent-encoded to stand in an address",
                            ValueFormat.Lowercase => ", in lower case to be compared",
                            _ => "",
                        },
                    ["Type"] = "String",
                    ["Description"] = parameter.Format switch
                    {
                        ValueFormat.Uri =>
                            $"The parameter {parameter.Name}, percent-encoded to stand in an address. {parameter.Description}".TrimEnd(),
                        ValueFormat.Lowercase =>
                            $"The parameter {parameter.Name}, in lower case to be compared. {parameter.Description}".TrimEnd(),
                        _ => parameter.Description,
                    },
                    ["Default"] = parameter.Default,
                }
            );
        }

        foreach (var secret in ComposedFrom(application))
        {
            template.AddParameter(
                secret.VersionParameterId,
                $"'{secret.Name}' (its version)",
                new()
                {
                    Comment =
                        $"AddParameter(\"{secret.Name}\", secret: true): the version that deploy put last. Without it a changed value would never reach what is composed of it",
                    ["Type"] = "String",
                    ["AllowedPattern"] = "^[A-Za-z0-9-]{32,64}$",
                }
            );
        }
    }

    /// <summary>The secrets that are inside text.</summary>
    private static IEnumerable<SecretSpec> ComposedFrom(FargateApplication application) =>
        application
            .Workloads.SelectMany(workload =>
                workload
                    .ComposedSecrets.SelectMany(composed => composed.Value.Parts)
                    .OfType<SecretValue>()
                    .Select(value => value.Secret)
                    .Concat(workload.SecretsInArguments)
            )
            .Concat(application.Caches.Select(cache => cache.Password).OfType<SecretSpec>())
            .Concat(application.Databases.Select(server => server.Password))
            .Distinct();

    private static void AddOutputs(Template template, FargateApplication application)
    {
        template.Outputs["ClusterName"] = new TemplateMap { ["Value"] = Fn.Ref(SharedIds.Cluster) };
        foreach (var task in application.Tasks)
        {
            template.Outputs[RunComposer.Output(task)] = RunComposer.Compose(application, task);
        }

        foreach (var shell in application.Shells)
        {
            template.Outputs[ShellComposer.Output(shell)] = ShellComposer.Compose(application, shell);
        }

        if (application.HasLoadBalancer || application.HasDistribution)
        {
            template.Outputs["Url"] = new TemplateMap
            {
                ["Value"] = application.Ingress.Domain is { } domain
                    ? $"{application.Ingress.Scheme}://{domain}"
                    : Fn.Sub($"{application.Ingress.Scheme}://{PublicName.InText(application.HasDistribution)}"),
            };
            foreach (var address in ServiceAddress.Of(application))
            {
                template.Outputs[address.OutputId] = new TemplateMap { ["Value"] = address.Url(application) };
            }

            foreach (var site in application.Sites.Where(site => site.Place.Distribution is not null))
            {
                template.Outputs[SiteAddress.OutputId(site)] = new TemplateMap { ["Value"] = SiteAddress.Url(application, site) };
            }

            foreach (var distribution in EdgeDistribution.Of(application).Select(distribution => distribution.Name).DefaultIfEmpty(null))
            {
                template.Outputs[PublicName.Output(application.HasDistribution, distribution)] = new TemplateMap
                {
                    ["Value"] = PublicName.Of(application.HasDistribution, distribution),
                    ["Export"] = new TemplateMap
                    {
                        ["Name"] = PublicName.ExportOf(application.Name, application.HasDistribution, distribution),
                    },
                };
                if (application is { HasEdgeStack: true, HasEdgeAlarms: true })
                {
                    template.Outputs[PublicName.IdOutput(distribution)] = new TemplateMap
                    {
                        ["Value"] = Fn.Ref(PublicName.DistributionId(distribution)),
                    };
                }
            }
        }
    }
}
