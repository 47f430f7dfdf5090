namespace Aws.CloudFormation;

/// <summary>References to what the template does not have.</summary>
internal static class DanglingReferences
{
    public static IEnumerable<Fault> Check(Template template)
    {
        foreach (var resource in template.Resources)
        {
            foreach (var id in resource.DependsOn.Where(id => !template.Contains(id)))
            {
                var what = template.Parameters[id] is null ? "the template has no such resource" : "that is a parameter";
                yield return new Fault(resource.Id, $"has '{id}' in DependsOn, and {what}. Name a resource there, or take it out.");
            }

            if (resource.Condition is { } asked && template.Conditions[asked] is null)
            {
                yield return new Fault(resource.Id, $"{NoCondition(asked)}. Correct the name, or add it.");
            }

            foreach (var (property, value) in resource.Properties)
            {
                foreach (var text in Missing(template, value))
                {
                    yield return new Fault(resource.Id, $"{text} (in {property}). Correct the name, or add what it names.");
                }
            }
        }

        foreach (var (name, output) in template.Outputs)
        {
            var condition =
                output.At("Condition").AsText() is { } id && template.Conditions[id] is null ? [NoCondition(id)] : Array.Empty<string>();
            foreach (var text in Missing(template, output).Concat(condition))
            {
                yield return new Fault(null, $"has an output '{name}' that {text}. Correct the name, or add what it names.");
            }
        }

        foreach (var (name, condition) in template.Conditions)
        {
            foreach (var text in MissingInCondition(template, condition).Distinct(StringComparer.Ordinal))
            {
                yield return new Fault(null, $"has a condition '{name}' that {text}. Correct the name, or add what it names.");
            }
        }
    }

    private static IEnumerable<string> Missing(Template template, TemplateNode node)
    {
        HashSet<string> seen = [];
        foreach (var reference in node.AllReferences())
        {
            var (id, isAttribute) = (reference.Id, reference.Attribute is not null);
            if (!seen.Add($"{id}{(isAttribute ? "." : "")}"))
            {
                continue;
            }

            var isKnown =
                template.Contains(id)
                || (!isAttribute && (template.Parameters[id] is not null || TemplateNavigation.IsPseudoParameter(id)));
            if (!isKnown)
            {
                yield return isAttribute
                    ? $"refers to an attribute of '{id}', and the template has no such resource"
                    : $"refers to '{id}', and the template has no such resource or parameter";
            }
        }

        foreach (var id in node.ConditionReferences().Distinct(StringComparer.Ordinal).Where(id => template.Conditions[id] is null))
        {
            yield return NoCondition(id);
        }
    }

    /// <summary>Conditions are decided before there is any resource, so that they see parameters alone.</summary>
    private static IEnumerable<string> MissingInCondition(Template template, TemplateNode node)
    {
        foreach (var id in node.References().Where(id => template.Parameters[id] is null))
        {
            yield return $"refers to '{id}', and the template has no such parameter";
        }

        foreach (var inner in node.Descendants())
        {
            var asked = inner switch
            {
                TemplateFunction { Name: "Condition" } function => function.Argument.AsText(),
                TemplateMap { Count: 1 } map => map.At("Condition").AsText(),
                _ => null,
            };
            if (asked is not null && template.Conditions[asked] is null)
            {
                yield return NoCondition(asked);
            }
        }
    }

    private static string NoCondition(string id) => $"asks the condition '{id}', and the template has no such condition";
}
