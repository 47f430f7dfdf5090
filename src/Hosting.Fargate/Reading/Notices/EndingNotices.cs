using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What may end, as it does here, and is a service for all that is said of it: ECS starts it again, and a deploy waits for it in vain.
/// </summary>
internal static partial class EndingNotices
{
    /// <param name="published">All that is published.</param>
    /// <param name="called">The names of what something of the model calls.</param>
    public static IEnumerable<Notice> Of(IReadOnlyCollection<PublishedResource> published, IEnumerable<string> called)
    {
        var names = called.ToHashSet(StringComparer.Ordinal);
        foreach (var resource in published.Where(resource => resource.Service is not null))
        {
            if (resource.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
            {
                yield return new Notice(
                    resource.Name,
                    "is started by hand here (WithExplicitStart), and is a service on AWS, which runs all the time. Where it is a tool, "
                        + "leave it out: .ExcludeFromManifest(). Where it ends: .PublishAsFargateTask().",
                    IsWarning: true
                );
            }
            else if (SoundsLikeEnding(resource) && !names.Contains(resource.Name))
            {
                yield return new Notice(
                    resource.Name,
                    "is a service on AWS, which runs all the time, and ECS starts again what ends. Where it ends, as migrations do: "
                        + InPlaceOf(resource, published),
                    IsWarning: true
                );
            }
        }
    }

    /// <summary>Whether its name is that of what does something once, and nobody calls it.</summary>
    private static bool SoundsLikeEnding(PublishedResource resource) =>
        (resource.Endpoints.Count == 0 || (resource.IsProject && !resource.Endpoints.Any(endpoint => endpoint.IsExternal)))
        && !resource.Resource.HasAnnotationOfType<FargateServiceAnnotation>()
        && (
            Once().IsMatch(resource.Name)
            || resource
                .Resource.Annotations.OfType<IProjectMetadata>()
                .Any(project => Once().IsMatch(Path.GetFileNameWithoutExtension(project.ProjectPath.Replace('\\', '/'))))
        );

    /// <summary>The line to write: who waits for it to start alone is to wait for its end.</summary>
    private static string InPlaceOf(PublishedResource resource, IEnumerable<PublishedResource> published)
    {
        var waiting = published
            .Where(other => other.Resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource.Name == resource.Name))
            .Select(other => $"'{other.Name}'")
            .ToList();
        return waiting.Count == 0
            ? ".PublishAsFargateTask(), or have the services wait for its end (WaitForCompletion), and it is a task that runs before them."
            : $"{string.Join(" and ", waiting)} {(waiting.Count == 1 ? "waits" : "wait")} for it to start alone (WaitFor). Write "
                + ".WaitForCompletion(…) of it in its place, and it is a task that runs before them.";
    }

    [GeneratedRegex(
        @"migrat|seed|initiali[sz]|bootstrap|(?:\A|[-_.])(?:init|setup|provision(?:er|ing)?)(?:\z|[-_.])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Once();
}
