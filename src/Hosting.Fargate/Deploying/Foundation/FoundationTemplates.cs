using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Deploying.Foundation;

/// <summary>The templates by which a foundation comes from what it is to what it is to be: add first, prune last.</summary>
internal static class FoundationTemplates
{
    private const string Kept = "KeptFileSystems";

    /// <summary>
    /// What has left the template and stayed in the account, by logical id, where AWS gives it no name to find it by again: the stack
    /// remembers file systems.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Remembered(TemplateMap? live) =>
        (live.At("Metadata", Kept) as TemplateMap ?? []).ToDictionary(
            pair => pair.Key,
            pair => pair.Value.AsText() ?? "",
            StringComparer.Ordinal
        );

    /// <summary>What is to be, without what has left; file systems that leave now, or left before, are remembered.</summary>
    /// <param name="live">What is there.</param>
    /// <param name="wanted">What is to be.</param>
    /// <param name="physicalIds">What there is by logical id.</param>
    public static TemplateMap Pruned(TemplateMap live, TemplateMap wanted, IReadOnlyDictionary<string, string> physicalIds)
    {
        var left = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, fileSystem) in Remembered(live))
        {
            left[id] = fileSystem;
        }

        foreach (var (id, resource) in (TemplateMap)live["Resources"]!)
        {
            if (
                KeptTypes.Of(resource.At("Type").AsText()) is { NameProperty: null }
                && wanted.At("Resources", id) is null
                && physicalIds.TryGetValue(id, out var fileSystem)
            )
            {
                left[id] = fileSystem;
            }
        }

        var template = Copy(wanted);
        if (left.Count > 0)
        {
            var remembered = new TemplateMap();
            foreach (var (id, fileSystem) in left)
            {
                remembered[id] = fileSystem;
            }

            template.Map("Metadata")[Kept] = remembered;
        }

        return template;
    }

    /// <summary>
    /// What is to be, and what is there beyond it: nothing that the live application still imports, pulls or writes goes before it has
    /// rolled.
    /// </summary>
    public static TemplateMap Adding(TemplateMap live, TemplateMap wanted)
    {
        var merged = Copy(wanted);
        foreach (var section in new[] { "Metadata", "Parameters", "Conditions", "Resources", "Outputs" })
        {
            foreach (var (name, value) in live.At(section) as TemplateMap ?? [])
            {
                if (merged.Map(section)[name] is null)
                {
                    merged.Map(section)[name] = value;
                }
            }

            if (merged.Map(section).Count == 0)
            {
                merged[section] = null;
            }
        }

        return merged;
    }

    /// <summary>Ends what would change something as AWS does not change it, before anything is.</summary>
    /// <param name="name">The foundation.</param>
    /// <param name="live">The template that is deployed; null where none is.</param>
    /// <param name="wanted">The template that is to be.</param>
    /// <exception cref="DistributedApplicationException">There is something; the message has all of it, and what to do.</exception>
    public static void RefuseChanges(string name, TemplateMap? live, TemplateMap wanted)
    {
        string[] refused =
        [
            .. from resource in live?["Resources"] as TemplateMap ?? []
            let after = wanted.At("Resources", resource.Key, "Properties") as TemplateMap
            where after is not null
            let before = resource.Value.At("Properties") as TemplateMap ?? []
            let fault = KeptTypes.Of(resource.Value.At("Type").AsText())?.RefuseChange(before, after)
            where fault is not null
            select $"'{resource.Key}' of '{name}' cannot change so: {fault}",
        ];
        if (refused.Length > 0)
        {
            throw new DistributedApplicationException($"{string.Join('\n', refused)}\nNothing was changed.");
        }
    }

    /// <summary>
    /// What an import takes: what is there, and what is to come in; it may add nothing else, and no output. What a resource says of one
    /// that is made only afterwards, such as the bucket for a bucket's logs, it gets with that one.
    /// </summary>
    public static TemplateMap Importing(TemplateMap? live, TemplateMap wanted, IReadOnlyCollection<string> imports)
    {
        var template = live is null ? new TemplateMap { ["AWSTemplateFormatVersion"] = "2010-09-09" } : Copy(live);
        foreach (var id in imports)
        {
            var resource = Copy((TemplateMap)wanted.At("Resources", id)!);
            resource["DependsOn"] = null;
            template.Map("Resources")[id] = resource;
        }

        foreach (var properties in imports.Select(id => template.At("Resources", id, "Properties")).OfType<TemplateMap>())
        {
            foreach (var name in properties.Keys.Where(name => properties[name].References().Any(id => !Has(template, id))).ToList())
            {
                properties[name] = null;
            }
        }

        return template;
    }

    private static bool Has(TemplateMap template, string id) =>
        template.At("Resources", id) is not null || template.At("Parameters", id) is not null;

    /// <summary>The bucket for templates alone, where the foundation's own template is too large for a call.</summary>
    public static TemplateMap BucketOnly(TemplateMap wanted)
    {
        var template = new TemplateMap { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Description"] = wanted["Description"] };
        foreach (var id in new[] { TemplatesBucketComposer.Id, $"{TemplatesBucketComposer.Id}Policy" })
        {
            template.Map("Resources")[id] = wanted.At("Resources", id)!;
        }

        template.Map("Outputs")[TemplatesBucketComposer.Output] = wanted.At("Outputs", TemplatesBucketComposer.Output)!;
        return template;
    }

    /// <summary>
    /// The template with which everything in it can be deleted with its stack, but for secrets, which have a recovery window of their own.
    /// A policy alone is no change to CloudFormation, hence the metadata beside it. Source:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-create.html
    /// </summary>
    public static TemplateMap Deletable(TemplateMap live)
    {
        var template = Copy(live);
        foreach (var (id, node) in (TemplateMap)live["Resources"]!)
        {
            if (node is not TemplateMap resource || resource["DeletionPolicy"].AsText() is not ("Retain" or "RetainExceptOnCreate"))
            {
                continue;
            }

            if (resource["Type"].AsText() == SecretType.Name)
            {
                continue;
            }

            var copy = Copy(resource);
            copy["DeletionPolicy"] = "Delete";
            copy["Metadata"] = new TemplateMap { ["Deletion"] = "agreed to by destroy --data" };
            template.Map("Resources")[id] = copy;
        }

        return template;
    }

    private static TemplateMap Copy(TemplateMap map)
    {
        var copy = new TemplateMap();
        foreach (var (name, value) in map)
        {
            copy[name] = value is TemplateMap inner && inner.AsFunction() is null ? Copy(inner) : value;
        }

        return copy;
    }
}
