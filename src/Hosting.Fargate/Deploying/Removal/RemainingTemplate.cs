using Amazon.CloudFormation.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Removal;

/// <summary>
/// What stays of an application's stack that is destroyed without its data: databases and brokers as they are, and the network that they
/// are in. All of it is what is deployed, to the letter, so that none of it changes.
/// </summary>
/// <param name="Template">The template.</param>
/// <param name="Kept">The logical ids of what stays.</param>
internal sealed record RemainingTemplate(TemplateMap Template, IReadOnlySet<string> Kept)
{
    /// <summary>The values of a template's parameters: those that they have.</summary>
    /// <param name="template">A template with less in it than is deployed.</param>
    public static IReadOnlyList<Parameter> ParametersOf(TemplateMap template) =>
        [
            .. (template["Parameters"] as TemplateMap ?? []).Select(pair => new Parameter
            {
                ParameterKey = pair.Key,
                UsePreviousValue = true,
            }),
        ];

    /// <param name="live">The template that is deployed.</param>
    /// <returns>What stays of it; null where nothing in it holds data.</returns>
    public static RemainingTemplate? Of(TemplateMap live)
    {
        if (live["Resources"] is not TemplateMap resources || !resources.Any(pair => HoldsData(pair.Key, pair.Value)))
        {
            return null;
        }

        // A cluster does not name its instances, nor a database its replicas: both belong to it.
        var kept = TemplateClosure
            .Of(resources, resources.Where(pair => IsOfServers(pair.Value)).Select(pair => pair.Key))
            .ToHashSet(StringComparer.Ordinal);
        var remaining = resources.Where(pair => kept.Contains(pair.Key)).Select(pair => pair.Value).ToList();
        return new(
            Reduced(
                live,
                resources,
                kept,
                remaining.Any(resource => resource.At("Condition") is not null || resource.ConditionReferences().Any())
                    ? live["Conditions"] as TemplateMap ?? []
                    : []
            ),
            kept
        );
    }

    /// <summary>
    /// The template without what starts tasks at its time, and with all else: what is started once the last task has been stopped keeps the
    /// cluster from being deleted. Null where nothing does.
    /// </summary>
    /// <param name="live">The template that is deployed.</param>
    public static TemplateMap? WithoutSchedules(TemplateMap live)
    {
        if (live["Resources"] is not TemplateMap resources)
        {
            return null;
        }

        // A stack in the stack may hold one, and goes with its service or task; so does what refers to what goes.
        var kept = resources
            .Where(pair => pair.Value.At("Type").AsText() is not ("AWS::Scheduler::Schedule" or "AWS::CloudFormation::Stack"))
            .ToDictionary(pair => pair.Key, pair => TemplateClosure.Needs(pair.Value).ToList(), StringComparer.Ordinal);
        if (kept.Count == resources.Count())
        {
            return null;
        }

        while (
            kept.Where(pair => pair.Value.Exists(id => resources[id] is not null && !kept.ContainsKey(id))).ToList()
                is { Count: > 0 } others
        )
        {
            others.ForEach(other => kept.Remove(other.Key));
        }

        return Reduced(live, resources, [.. kept.Keys], live["Conditions"] as TemplateMap ?? []);
    }

    private static TemplateMap Reduced(TemplateMap live, TemplateMap resources, HashSet<string> kept, TemplateMap conditions)
    {
        var remaining = new TemplateMap();
        foreach (var (id, resource) in resources.Where(pair => kept.Contains(pair.Key)))
        {
            remaining[id] = resource;
        }

        var asked = remaining.Concat(conditions).SelectMany(pair => pair.Value.References()).ToHashSet(StringComparer.Ordinal);
        var parameters = new TemplateMap();
        foreach (var (id, parameter) in (live["Parameters"] as TemplateMap ?? []).Where(pair => asked.Contains(pair.Key)))
        {
            parameters[id] = parameter;
        }

        return new TemplateMap
        {
            ["AWSTemplateFormatVersion"] = live["AWSTemplateFormatVersion"],
            ["Description"] = live["Description"],
            ["Mappings"] = live["Mappings"],
            ["Parameters"] = parameters.Count == 0 ? null : parameters,
            ["Conditions"] = conditions.Count == 0 ? null : conditions,
            ["Resources"] = remaining,
        };
    }

    /// <summary>Whether a resource is a database or a broker.</summary>
    public static bool HoldsData(string id, TemplateNode resource) =>
        resource.At("Type").AsText() is { } type && (type == Broker.Type || DatabaseTypes.HoldsData(type, id));

    /// <summary>Whether a resource is part of a database or a broker.</summary>
    public static bool IsOfServers(TemplateNode resource) =>
        resource.At("Type").AsText() is { } type
        && (type.StartsWith("AWS::RDS::", StringComparison.Ordinal) || type.StartsWith("AWS::AmazonMQ::", StringComparison.Ordinal));
}
