using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The options of an AppHost that is started by a test: no dashboard, free ports, its own launch profile.</summary>
internal static class AppHostUnderTest
{
    public static void Configure(
        string[] args,
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Assembly assembly,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        // An entry point that ignores its command line gets it all the same.
        settings.Args = settings.Args is { Length: > 0 } own ? own : args;
        options.Args = settings.Args;
        options.AssemblyName = settings.ApplicationName = assembly.GetName().Name ?? "";
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        settings.Configuration ??= new ConfigurationManager();
        SetDefaults(settings, new()
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["DcpPublisher:WaitForResourceCleanup"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });

        var directory = options.ProjectDirectory;
        if (Directory.Exists(directory))
        {
            settings.ContentRootPath = directory;
        }

        configureBuilder(options, settings);
        if (Directory.Exists(directory))
        {
            ApplyLaunchProfile(settings, directory);
        }
    }

    /// <summary>What <c>dotnet run</c> would put into the environment becomes configuration, where nothing else is configured.</summary>
    private static void ApplyLaunchProfile(HostApplicationBuilderSettings settings, string projectDirectory)
    {
        if (LaunchProfiles.Read(projectDirectory) is not { Profiles.Count: > 0 } launch)
        {
            return;
        }

        var name = Existing(settings)["DOTNET_LAUNCH_PROFILE"] is { Length: > 0 } configured ? configured : launch.Profiles.First().Key;
        if (!launch.Profiles.TryGetValue(name, out var profile))
        {
            throw new InvalidOperationException($"The configured launch profile, '{name}', was not found in the launch settings file.");
        }

        var defaults = new Dictionary<string, string?> { ["DOTNET_LAUNCH_PROFILE"] = name };
        foreach (var (key, value) in profile.EnvironmentVariables)
        {
            // The host reads DOTNET_ENVIRONMENT as ENVIRONMENT.
            defaults[key] = value;
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    defaults[key[prefix.Length..]] = value;
                }
            }
        }

        SetDefaults(settings, defaults);
    }

    private static void SetDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        var existing = Existing(settings);
        settings.Configuration!.AddInMemoryCollection([.. defaults.Where(setting => existing[setting.Key] is null)]);
    }

    private static IConfigurationRoot Existing(HostApplicationBuilderSettings settings) => new ConfigurationBuilder()
        .AddCommandLine(settings.Args ?? [])
        .AddConfiguration(settings.Configuration!)
        .Build();
}
