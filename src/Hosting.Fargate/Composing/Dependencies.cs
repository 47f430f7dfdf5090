using Aws.CloudFormation;

namespace Hosting.Fargate.Composing;

/// <summary>What a resource names in its properties comes first anyway: only the rest is written as <c>DependsOn</c>.</summary>
internal static class Dependencies
{
    public static void Prune(Template template)
    {
        foreach (var resource in template.Resources.Where(resource => resource.DependsOn.Count > 0))
        {
            var named = resource.Properties.References().ToHashSet(StringComparer.Ordinal);
            resource.DependsOn.RemoveAll(named.Contains);
        }
    }
}
