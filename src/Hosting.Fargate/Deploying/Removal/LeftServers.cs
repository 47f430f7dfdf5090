using Amazon.CloudFormation.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Plans;

namespace Hosting.Fargate.Deploying.Removal;

/// <summary>
/// Databases and brokers that have left the model. They stay in the stack as they are, with what they need, until it is agreed by name that
/// they go; back in the model, they are what they were. Where another server or a container comes in the same deploy, they may have been
/// renamed or exchanged: they do not stay in silence then, for the application would begin without their data.
/// </summary>
/// <param name="Template">The template that is wanted, with them in it.</param>
/// <param name="Ids">Their logical ids.</param>
/// <param name="Parameters">The values of the parameters that they alone have: those that these have.</param>
internal sealed record LeftServers(TemplateMap Template, IReadOnlyList<string> Ids, IReadOnlyList<Parameter> Parameters)
{
    private static readonly string[] s_suffixes = [DatabaseServer.Suffix, DatabaseServer.AuroraSuffix, Broker.Suffix];

    /// <summary>A line for each, for a person.</summary>
    public IEnumerable<string> Lines =>
        Ids.Select(id =>
            $"{id} ({Template.At("Resources", id, "Type").AsText()}) is no longer in the model. It stays in the stack with its data, and goes on costing. Back in the model under its "
            + $"name, it is taken up as it is; --allow-data-loss {id} deletes it"
            + (Template.At("Resources", id, "Type").AsText() == Broker.Type ? "." : ", and leaves a final snapshot.")
        );

    /// <param name="live">The template that is deployed; null where there is none.</param>
    /// <param name="wanted">The template of the model.</param>
    /// <param name="allowed">The names whose loss is agreed to, with commas between them; null for none.</param>
    public static LeftServers Of(TemplateMap? live, TemplateMap wanted, string? allowed)
    {
        var (before, after) = (live?["Resources"] as TemplateMap ?? [], wanted["Resources"] as TemplateMap ?? []);
        var agreed = DataLoss.Agreed(allowed);
        List<string> left =
        [
            .. before
                .Where(pair => RemainingTemplate.HoldsData(pair.Key, pair.Value) && after[pair.Key] is null && !agreed.Contains(pair.Key))
                .Select(pair => pair.Key),
        ];
        if (left.Count == 0 || IsExchanged(left, before, after))
        {
            return new(wanted, [], []);
        }

        // A cluster does not name its instances, nor a database its replicas.
        var theirs = before
            .Where(pair => RemainingTemplate.IsOfServers(pair.Value) && TemplateClosure.Needs(pair.Value).Intersect(left).Any())
            .Select(pair => pair.Key);
        var template = wanted.Copy();
        template["Resources"] = after.Copy();
        var kept = TemplateClosure.Of(before, left.Concat(theirs)).Where(id => after[id] is null).ToList();
        kept.ForEach(id => template.Map("Resources")[id] = before[id]);
        Take(template, live!, "Conditions", kept.SelectMany(id => Conditions(before[id]!)));
        var asked = kept.Select(id => before[id]!)
            .Concat((template["Conditions"] as TemplateMap ?? []).Select(pair => pair.Value))
            .SelectMany(node => node.References());
        var parameters = Take(template, live!, "Parameters", asked);
        return new(
            template,
            left,
            [.. parameters.Select(parameter => new Parameter { ParameterKey = parameter, UsePreviousValue = true })]
        );
    }

    /// <summary>Puts into a section what it lacks of what is deployed.</summary>
    /// <returns>The names of what it lacked.</returns>
    private static List<string> Take(TemplateMap template, TemplateMap live, string section, IEnumerable<string> names)
    {
        var there = template[section] as TemplateMap ?? [];
        List<string> lacking =
        [
            .. names.Distinct(StringComparer.Ordinal).Where(name => there[name] is null && live.At(section, name) is not null),
        ];
        if (lacking.Count > 0)
        {
            template[section] = there.Copy();
            lacking.ForEach(name => template.Map(section)[name] = live.At(section, name));
        }

        return lacking;
    }

    private static IEnumerable<string> Conditions(TemplateNode resource) =>
        resource.ConditionReferences().Concat(resource.At("Condition").AsText() is { } condition ? [condition] : []);

    private static bool IsExchanged(IEnumerable<string> left, TemplateMap before, TemplateMap after) =>
        after.Any(pair => RemainingTemplate.HoldsData(pair.Key, pair.Value) && before[pair.Key] is null)
        || left.SelectMany(id =>
                s_suffixes.Where(suffix => id.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => id[..^suffix.Length])
            )
            .Any(name => after[$"{name}Service"] is not null);
}
