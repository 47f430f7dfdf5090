using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What Aspire and its packages refuse, before any step of this library, of a model that names other environments too. They are right, and
/// end the process with the trace of a stack: the same is said before, with what to write.
/// </summary>
internal static class EnvironmentBindings
{
    /// <summary>
    /// What a package notes of its method, and the environment without which it refuses that: by name, for none of them is referenced here.
    /// </summary>
    private static readonly (string Annotation, string Method, string Environment)[] s_methods =
    [
        ("DockerComposeServiceCustomizationAnnotation", "PublishAsDockerComposeService", "DockerComposeEnvironmentResource"),
        ("KubernetesServiceCustomizationAnnotation", "PublishAsKubernetesService", "KubernetesEnvironmentResource"),
        ("AzureContainerAppCustomizationAnnotation", "PublishAsAzureContainerApp", "AzureContainerAppEnvironmentResource"),
        ("AzureContainerAppJobCustomizationAnnotation", "PublishAsAzureContainerAppJob", "AzureContainerAppEnvironmentResource"),
        ("AzureAppServiceWebsiteCustomizationAnnotation", "PublishAsAzureAppServiceWebsite", "AzureAppServiceEnvironmentResource"),
    ];

    /// <returns>What is wrong, and what to write instead; null where nothing is.</returns>
    public static string? WhyNot(DistributedApplicationModel model)
    {
        List<IComputeEnvironmentResource> environments = [.. model.Resources.OfType<IComputeEnvironmentResource>()];
        var own = environments.OfType<FargateEnvironmentResource>().FirstOrDefault()?.Name;
        List<IComputeResource> unbound =
        [
            .. model.Resources.OfType<IComputeResource>().Where(resource => resource.GetComputeEnvironment() is null),
        ];
        if (environments.Count > 1 && unbound.Count > 0)
        {
            List<IComputeEnvironmentResource> others =
            [
                .. environments.Where(environment => environment is not FargateEnvironmentResource),
            ];
            var methods = s_methods.Where(method => Users(model, method).Count > 0).Select(method => method.Method).ToList();
            var variable = VariableOf(own!);
            return $"The model has the compute environments {Named(environments)}, and {Named(unbound)} {(unbound.Count == 1 ? "does" : "do")} not "
                + "say which it is for. One line before Build() gives all that say nothing to one: "
                + "foreach (var resource in builder.Resources.OfType<IComputeResource>().Where(resource => resource.GetComputeEnvironment() is "
                + $"null).ToList()) builder.CreateResourceBuilder(resource).WithComputeEnvironment({variable}); where {variable} is what "
                + $"AddFargateEnvironment(\"{own}\") returns. For another, each says so itself: .WithComputeEnvironment(…)."
                + (
                    others.Count == 0
                        ? ""
                        : $" Where {Named(others)} {(others.Count == 1 ? "is" : "are")} no longer meant, take {(others.Count == 1 ? "it" : "them")} away"
                            + (methods.Count == 0 ? "." : $", and the calls of {string.Join(" and ", methods)}, which ask for it.")
                );
        }

        foreach (var method in s_methods)
        {
            if (
                Users(model, method) is { Count: > 0 } users
                && !environments.Exists(environment => environment.GetType().Name == method.Environment)
            )
            {
                return $"{Named(users)} {(users.Count == 1 ? "has" : "have")} {method.Method}, whose package refuses a model without its "
                    + $"environment ({method.Environment}). Take the calls away: what they say is for that environment alone.";
            }
        }

        return null;
    }

    /// <summary>A resource's name as C# may have it for a variable: <c>my-shop</c> is <c>myShop</c>.</summary>
    private static string VariableOf(string name)
    {
        var words = name.Split('-', StringSplitOptions.RemoveEmptyEntries);
        return words[0] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static List<IResource> Users(
        DistributedApplicationModel model,
        (string Annotation, string Method, string Environment) method
    ) => [.. model.Resources.Where(resource => resource.Annotations.Any(annotation => annotation.GetType().Name == method.Annotation))];

    private static string Named(IEnumerable<IResource> resources)
    {
        List<string> names = [.. resources.Select(resource => $"'{resource.Name}'")];
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
