using Amazon.CloudFormation.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>
/// The template of a stage, such as that with which tasks can run before services roll: the live one, and what the tasks themselves need of
/// the new one, with the services that they refer to or wait for; or new servers. Nothing that another service has changes by it.
/// </summary>
/// <param name="Template">The template.</param>
/// <param name="Parameters">The values of its parameters.</param>
internal sealed record StageTemplate(TemplateMap Template, IReadOnlyList<Parameter> Parameters)
{
    /// <param name="application">The application.</param>
    /// <param name="templates">Its templates.</param>
    /// <param name="stage">The tasks to run, and the services that are there before them; or the servers to make.</param>
    /// <param name="live">The template that is deployed; null where there is none.</param>
    /// <param name="liveValues">The values that its parameters have.</param>
    /// <param name="values">The values for the new template.</param>
    /// <param name="madeAnew">The logical ids of databases that the new template makes anew.</param>
    public static StageTemplate Compose(
        FargateApplication application,
        TemplateSet templates,
        DeployStage stage,
        TemplateMap? live,
        IReadOnlyDictionary<string, string> liveValues,
        IReadOnlyList<Parameter> values,
        IReadOnlySet<string>? madeAnew = null
    )
    {
        var wanted = TemplateJson.ToMap(templates.Application);
        var names = stage.Prepared.Select(task => task.Name).Concat(stage.Services).ToHashSet(StringComparer.Ordinal);
        names.UnionWith(ServersOf(application, names));
        names.UnionWith(stage.Servers);
        var owned = templates
            .Application.Resources.Where(resource => resource.Owner is { } owner && names.Contains(owner))
            .Select(resource => resource.Id)
            .ToHashSet(StringComparer.Ordinal);
        var closure = TemplateClosure.Of((TemplateMap)wanted["Resources"]!, owned.Concat(NeededToRun(application, stage.Prepared)));

        var template = new TemplateMap
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = wanted["Description"],
            ["Metadata"] = live?["Metadata"],
        };
        var given = values.ToDictionary(value => value.ParameterKey, StringComparer.Ordinal);
        var taken = TakenByOthers(live, owned, liveValues, given);
        var inlining = new TemplateRewriter(reference =>
            reference.Attribute is null && taken.Contains(reference.Id) ? given[reference.Id].ParameterValue : (TemplateNode?)null
        );
        foreach (var section in new[] { "Parameters", "Conditions", "Resources", "Outputs" })
        {
            foreach (var (name, value) in live?.At(section) as TemplateMap ?? [])
            {
                template.Map(section)[name] = value;
            }
        }

        foreach (var id in closure)
        {
            if (owned.Contains(id) || live?.At("Resources", id) is null)
            {
                var resource = CacheFailover.Between(live.At("Resources", id), wanted.At("Resources", id))
                    ?? Protected(wanted.At("Resources", id)!, id, live, madeAnew?.Contains(id) == true);
                template.Map("Resources")[id] = inlining.Rewrite(resource);
            }
        }

        foreach (var output in stage.Prepared.Select(RunComposer.Output))
        {
            template.Map("Outputs")[output] = wanted.At("Outputs", output);
        }

        var added = closure.Select(id => template.At("Resources", id)).OfType<TemplateNode>().ToList();
        foreach (
            var condition in added
                .SelectMany(resource => resource.ConditionReferences())
                .Concat(added.Select(resource => resource.At("Condition").AsText()).OfType<string>())
        )
        {
            template.Map("Conditions")[condition] ??= wanted.At("Conditions", condition);
        }

        var asked = added
            .Concat((template.At("Conditions") as TemplateMap ?? []).Select(pair => pair.Value))
            .SelectMany(node => node.References())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (id, definition) in wanted.At("Parameters") as TemplateMap ?? [])
        {
            if (asked.Contains(id) && !taken.Contains(id))
            {
                template.Map("Parameters")[id] = definition;
            }
        }

        foreach (var section in new[] { "Parameters", "Conditions", "Outputs" })
        {
            template[section] = template.Map(section).Count == 0 ? null : template[section];
        }

        return new StageTemplate(template, [.. Values(template, live, taken, asked, given)]);
    }

    /// <summary>
    /// A database that a stage makes is not protected against deletion yet: where the stage fails, CloudFormation deletes it. One that is
    /// there stays as protected as it is. The whole template comes afterwards, and says what is to be.
    /// </summary>
    private static TemplateNode Protected(TemplateNode resource, string id, TemplateMap? live, bool isMadeAnew) =>
        !DatabaseTypes.HoldsData(resource.At("Type").AsText() ?? "", id) ? resource
        : isMadeAnew || live?.At("Resources", id) is not { } before ? DatabaseProtection.With(resource, false)
        : DatabaseProtection.With(resource, before.At("Properties", DatabaseProtection.Property));

    /// <summary>
    /// The databases and caches that are called: what of them changes changes first. A task has the password that is new, and so must they.
    /// </summary>
    private static List<string> ServersOf(FargateApplication application, HashSet<string> workloads) =>
        [
            .. application
                .DatabaseConnections.Where(connection => workloads.Contains(connection.Workload))
                .SelectMany(connection => new[] { connection.Server.Name, connection.CalledName })
                .Distinct(StringComparer.Ordinal),
            .. application
                .CacheConnections.Where(connection => workloads.Contains(connection.Workload))
                .Select(connection => connection.Cache.Name),
        ];

    /// <summary>What must be there before a task can pull its image and start, which nothing of it names.</summary>
    private static IEnumerable<string> NeededToRun(FargateApplication application, IEnumerable<TaskSpec> tasks) =>
        tasks.SelectMany(task =>
            application
                .Network.RoutesOfTasks()
                .Append(SharedIds.CapacityProviders)
                .Append(SharedIds.Cluster)
                .Concat(VolumeComposer.MountTargetIds(application, task))
        );

    /// <summary>
    /// Parameters with a new value that what is live, and none of these, reads: given the value, other services would roll by it.
    /// </summary>
    private static HashSet<string> TakenByOthers(
        TemplateMap? live,
        HashSet<string> owned,
        IReadOnlyDictionary<string, string> liveValues,
        Dictionary<string, Parameter> given
    )
    {
        var others = (live?.At("Resources") as TemplateMap ?? [])
            .Where(pair => !owned.Contains(pair.Key))
            .Select(pair => pair.Value)
            .Concat((live?.At("Conditions") as TemplateMap ?? []).Select(pair => pair.Value))
            .Concat((live?.At("Outputs") as TemplateMap ?? []).Select(pair => pair.Value))
            .SelectMany(node => node.References())
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. given
                .Values.Where(value =>
                    value.ParameterValue is not null
                    && others.Contains(value.ParameterKey)
                    && liveValues.TryGetValue(value.ParameterKey, out var before)
                    && before != value.ParameterValue
                )
                .Select(value => value.ParameterKey),
        ];
    }

    private static IEnumerable<Parameter> Values(
        TemplateMap template,
        TemplateMap? live,
        HashSet<string> taken,
        HashSet<string> asked,
        Dictionary<string, Parameter> given
    )
    {
        foreach (var (id, _) in template.At("Parameters") as TemplateMap ?? [])
        {
            if (asked.Contains(id) && !taken.Contains(id) && given.TryGetValue(id, out var value))
            {
                yield return value;
            }
            else if (live?.At("Parameters", id) is not null)
            {
                yield return new Parameter { ParameterKey = id, UsePreviousValue = true };
            }
        }
    }
}
