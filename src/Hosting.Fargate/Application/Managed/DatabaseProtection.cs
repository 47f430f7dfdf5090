using Aws.CloudFormation;

namespace Hosting.Fargate.Application;

/// <summary>What a template says of whether RDS refuses to delete a database.</summary>
internal static class DatabaseProtection
{
    /// <summary>The property of instances and clusters.</summary>
    public const string Property = "DeletionProtection";

    /// <summary>The logical ids of the databases of a template that are protected.</summary>
    public static IEnumerable<string> In(TemplateMap? template) =>
        (template.At("Resources") as TemplateMap ?? [])
            .Where(resource =>
                resource.Value.At("Type").AsText() is { } type
                && DatabaseTypes.HoldsData(type, resource.Key)
                && resource.Value.At("Properties", Property).AsBool() == true
            )
            .Select(resource => resource.Key);

    /// <summary>A template as it is, but for some databases that are not protected in it.</summary>
    public static TemplateMap Without(TemplateMap template, IEnumerable<string> databases)
    {
        var copy = template.Copy();
        var resources = (template["Resources"] as TemplateMap ?? []).Copy();
        copy["Resources"] = resources;
        foreach (var id in databases)
        {
            resources[id] = resources[id] is { } database ? With(database, false) : null;
        }

        return copy;
    }

    /// <summary>A database of a template as it is, but for its protection.</summary>
    /// <param name="database">The resource.</param>
    /// <param name="protection">Its protection; null where it says nothing of that.</param>
    public static TemplateMap With(TemplateNode database, TemplateNode? protection)
    {
        var copy = ((TemplateMap)database).Copy();
        var properties = copy.Map("Properties").Copy();
        properties[Property] = protection;
        copy["Properties"] = properties;
        return copy;
    }
}
