using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>What of a model runs once and ends, without a word about ECS: what others wait for to complete, and migrations.</summary>
internal sealed class CompletionReader(DistributedApplicationModel model)
{
    private readonly ILookup<string, string> _waiting = model
        .Resources.Where(resource => !resource.IsExcludedFromPublish())
        .SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>(), (resource, wait) => new { resource.Name, Wait = wait })
        .Where(pair => pair.Wait.WaitType == WaitType.WaitForCompletion)
        .ToLookup(pair => pair.Wait.Resource.Name, pair => pair.Name, StringComparer.Ordinal);

    /// <summary>By what a resource shows that it runs once and ends; null where nothing says so.</summary>
    public string? ReasonOf(IResource resource) =>
        _waiting[resource.Name].Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } waiting
            ? $"{string.Join(" and ", waiting.Select(name => $"'{name}'"))} {(waiting.Count == 1 ? "waits" : "wait")} for it to complete "
                + "(WaitForCompletion)"
        : IsMigration(resource) ? "it applies the migrations of Entity Framework (AddEFMigrations)"
        : null;

    /// <summary>
    /// Whether it applies migrations, which is what the type is for:
    /// https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.EntityFrameworkCore/EFMigrationResource.cs. By its name, for not
    /// every model has that package.
    /// </summary>
    public static bool IsMigration(IResource resource)
    {
        for (var type = resource.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == "Aspire.Hosting.EntityFrameworkCore.EFMigrationResource")
            {
                return true;
            }
        }

        return false;
    }
}
