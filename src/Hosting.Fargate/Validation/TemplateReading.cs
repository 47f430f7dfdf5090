using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>What several rules ask of a template.</summary>
internal static class TemplateReading
{
    public static IEnumerable<TemplateResource> Services(this Template template) => template.OfType("AWS::ECS::Service");

    public static IEnumerable<TemplateResource> TaskDefinitions(this Template template) => template.OfType("AWS::ECS::TaskDefinition");

    /// <summary>The task definition of a service; null where it is not in the template.</summary>
    public static TemplateResource? TaskDefinitionOf(this Template template, TemplateResource service) =>
        service.Properties.At("TaskDefinition").RefTarget() is { } id
        && template.Contains(id)
        && template[id] is { Type: "AWS::ECS::TaskDefinition" } found
            ? found
            : null;

    /// <summary>The containers of a task definition as far as they are known.</summary>
    public static IEnumerable<TemplateMap> Containers(this TemplateResource taskDefinition) =>
        taskDefinition.Properties.At("ContainerDefinitions").Maps();

    /// <summary>Whether a task definition is for Fargate, which asks more of it than other launch types.</summary>
    public static bool IsForFargate(this TemplateResource taskDefinition) =>
        taskDefinition.Properties.At("RequiresCompatibilities").Items().Any(item => item.AsText() == "FARGATE");

    /// <summary>The names of all that is in a list; null where not all are known.</summary>
    public static IReadOnlyList<string>? AllNames(this IReadOnlyList<TemplateMap>? maps, string key)
    {
        if (maps is null)
        {
            return null;
        }

        string[] names = [.. maps.Select(map => map.At(key)).OfType<TemplateScalar>().Select(name => name.ToString())];
        return names.Length == maps.Count(map => map.At(key) is not null) ? names : null;
    }

    /// <summary>The name of a container, for a message.</summary>
    public static string NameOf(TemplateMap container) =>
        container.At("Name").AsText() is { } name ? $"the container '{name}'" : "a container";

    /// <summary>Names for a message: <c>'a', 'b'</c>, or <c>none</c>.</summary>
    public static string Listed(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => $"'{name}'")) is { Length: > 0 } listed ? listed : "none";
}
