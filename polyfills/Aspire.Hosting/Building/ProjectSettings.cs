using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The settings of a project, as far as they say where it listens.</summary>
internal static class ProjectSettings
{
    public static IConfiguration Read(IProjectMetadata metadata)
    {
        var directory = Path.GetDirectoryName(metadata.ProjectPath)!;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        return new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(directory, $"appsettings.{environment}.json"), optional: true)
            .Build();
    }
}

/// <summary>The launch profiles of projects.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The launch profile that a project runs with: the one it was given, else the AppHost's own, else the first.</summary>
    /// <exception cref="DistributedApplicationException">The project has no profile of the name it was given.</exception>
    public static (string Name, LaunchProfile Profile)? Effective(ProjectResource project)
    {
        if (project.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>() || Read(project.GetProjectMetadata()) is not { } settings)
        {
            return null;
        }

        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var given))
        {
            return settings.Profiles.TryGetValue(given.LaunchProfileName, out var named)
                ? (given.LaunchProfileName, named)
                : throw new DistributedApplicationException($"Launch profile '{given.LaunchProfileName}' was not found in the launch settings of "
                    + $"'{project.Name}'. It has: {string.Join(", ", settings.Profiles.Keys)}.");
        }

        if (project.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var own)
            && settings.Profiles.TryGetValue(own.LaunchProfileName, out var same) && IsProject(same))
        {
            return (own.LaunchProfileName, same);
        }

        return settings.Profiles.Where(profile => IsProject(profile.Value)).Select(profile => ((string, LaunchProfile)?)(profile.Key, profile.Value))
            .FirstOrDefault();
    }

    private static bool IsProject(LaunchProfile profile) => string.Equals(profile.CommandName, "Project", StringComparison.OrdinalIgnoreCase);

    private static LaunchSettings? Read(IProjectMetadata metadata) =>
        metadata.LaunchSettings ?? Read(Path.GetDirectoryName(metadata.ProjectPath)!);

    /// <summary>The launch settings of the project in a directory; null where it has none.</summary>
    public static LaunchSettings? Read(string projectDirectory)
    {
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), s_json);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"'{file}' is not valid JSON: {exception.Message}", exception);
        }
    }
}
