using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>
/// The endpoints of a project. Run here, they are those that its settings give Kestrel, else those of its launch profile. Published, a web
/// project has http and https whatever its launch profile says, for that is how it runs on a developer's machine.
/// </summary>
internal sealed class ProjectEndpoints(IResourceBuilder<ProjectResource> project, ProjectResourceOptions options)
{
    private readonly bool _isRunMode = project.ApplicationBuilder.ExecutionContext.IsRunMode;
    private readonly IConfiguration _settings = ProjectSettings.Read(project.Resource.GetProjectMetadata());
    private readonly Dictionary<EndpointAnnotation, string> _kestrelHosts = [];

    /// <summary>The https endpoint that only publishing adds: the container listens on plain HTTP behind whatever ends TLS.</summary>
    private EndpointAnnotation? _defaultHttps;

    public void Apply()
    {
        var profile = options.ExcludeLaunchProfile ? null : LaunchProfiles.Effective(project.Resource);
        var hasKestrelEndpoints = AddKestrelEndpoints();
        project.WithEnvironment(OverrideKestrelAddresses);
        if (_isRunMode)
        {
            ApplyToRun(profile, hasKestrelEndpoints);
        }
        else
        {
            ApplyToPublish(profile, hasKestrelEndpoints);
        }
    }

    private void ApplyToRun((string Name, LaunchProfile Profile)? profile, bool hasKestrelEndpoints)
    {
        if (!hasKestrelEndpoints)
        {
            project.WithEnvironment(SetUrls);
        }

        if (profile is not var (name, launch))
        {
            return;
        }

        if (!hasKestrelEndpoints)
        {
            AddProfileEndpoints(launch);
        }

        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (variable, value) in launch.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    private void ApplyToPublish((string Name, LaunchProfile Profile)? profile, bool hasKestrelEndpoints)
    {
        if (!hasKestrelEndpoints)
        {
            project.WithEnvironment(context =>
            {
                SetPorts(context, "HTTP_PORTS", "http");
                SetPorts(context, "HTTPS_PORTS", "https");
            });
        }

        if (profile?.Profile.ApplicationUrl is null && !hasKestrelEndpoints)
        {
            return;
        }

        var http = FindOrAdd("http");
        var https = FindOrAdd("https");
        http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
    }

    private IEnumerable<EndpointAnnotation> Endpoints => project.Resource.Annotations.OfType<EndpointAnnotation>();

    /// <summary>The endpoints that tell the project where to listen.</summary>
    private IEnumerable<EndpointReference> ListenedEndpoints => project.Resource.GetEndpoints().Where(endpoint =>
        project.Resource.Annotations.OfType<EndpointEnvironmentInjectionFilterAnnotation>().All(filter => filter.Filter(endpoint.EndpointAnnotation)));

    private bool AddKestrelEndpoints()
    {
        var byScheme = (options.ExcludeKestrelEndpoints ? [] : _settings.GetSection("Kestrel:Endpoints").GetChildren())
            .Where(section => section["Url"] is not null)
            .Select(section => (Name: section.Key, Address: BindingAddress.Parse(section["Url"]!), Protocols: section["Protocols"]))
            .GroupBy(endpoint => endpoint.Address.Scheme)
            .ToList();
        foreach (var group in byScheme)
        {
            foreach (var (name, address, protocols) in group)
            {
                project.WithEndpoint(group.Count() == 1 ? group.Key : name, endpoint =>
                {
                    endpoint.UriScheme = address.Scheme;
                    endpoint.TargetHost = address.Host;
                    UseHttp2WhereConfigured(endpoint, protocols);
                    _kestrelHosts[endpoint] = endpoint.TargetHost;
                    if (_isRunMode)
                    {
                        endpoint.Port = address.Port;
                    }
                    else
                    {
                        endpoint.TargetPort = address.Port;
                    }
                });
            }
        }

        return byScheme.Count > 0;
    }

    private void AddProfileEndpoints(LaunchProfile profile)
    {
        var countByScheme = new Dictionary<string, int>();
        foreach (var url in profile.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var address = BindingAddress.Parse(url);
            var count = countByScheme[address.Scheme] = countByScheme.GetValueOrDefault(address.Scheme) + 1;
            project.WithEndpoint(count == 1 ? address.Scheme : $"{address.Scheme}{count}", endpoint =>
            {
                endpoint.Port = address.Port;
                endpoint.UriScheme = address.Scheme;
                endpoint.TargetHost = address.Host;
                endpoint.FromLaunchProfile = true;
                UseHttp2WhereConfigured(endpoint);
            });
        }

        if (Uri.TryCreate(profile.LaunchUrl, UriKind.RelativeOrAbsolute, out var launchUrl))
        {
            project.WithUrls(context => ShowLaunchUrl(context, launchUrl));
        }
    }

    private static void ShowLaunchUrl(ResourceUrlsCallbackContext context, Uri launchUrl)
    {
        foreach (var url in context.Urls.Where(url => url.Endpoint is { Exists: true, EndpointAnnotation.FromLaunchProfile: true }))
        {
            url.Url = launchUrl.IsAbsoluteUri ? launchUrl.ToString() : new Uri(new Uri(url.Url), launchUrl).ToString();
        }
    }

    private void SetUrls(EnvironmentCallbackContext context)
    {
        var endpoints = ListenedEndpoints.ToList();
        if (endpoints.Count == 0 || context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        // HTTPS redirection must lead to the port that clients use, not to the one behind the proxy.
        if (endpoints.FirstOrDefault(endpoint => endpoint.IsHttps) is { } https)
        {
            context.EnvironmentVariables["ASPNETCORE_HTTPS_PORT"] = https.Property(EndpointProperty.Port);
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
    }

    private void SetPorts(EnvironmentCallbackContext context, string variable, string scheme)
    {
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in ListenedEndpoints.Where(endpoint => endpoint.Scheme == scheme && endpoint.EndpointAnnotation != _defaultHttps))
        {
            ports.AppendLiteral(ports.IsEmpty ? "" : ";");
            ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        if (!ports.IsEmpty)
        {
            context.EnvironmentVariables.TryAdd(variable, ports.Build());
        }
    }

    /// <summary>Settings of Kestrel win over ASPNETCORE_URLS, so all endpoints must be said in its own words where there are any.</summary>
    private void OverrideKestrelAddresses(EnvironmentCallbackContext context)
    {
        if (_kestrelHosts.Count == 0)
        {
            return;
        }

        foreach (var endpoint in ListenedEndpoints.Where(endpoint => endpoint.EndpointAnnotation != _defaultHttps))
        {
            var host = _isRunMode ? _kestrelHosts.GetValueOrDefault(endpoint.EndpointAnnotation, "*") : "*";
            context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] =
                ReferenceExpression.Create($"{endpoint.Scheme}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    private EndpointAnnotation FindOrAdd(string scheme)
    {
        if (Endpoints.FirstOrDefault(endpoint => endpoint.UriScheme == scheme || endpoint.Name.Equals(scheme, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        project.WithEndpoint(scheme, endpoint =>
        {
            endpoint.UriScheme = scheme;
            UseHttp2WhereConfigured(endpoint);
        });
        var added = Endpoints.Last();
        if (scheme == "https")
        {
            _defaultHttps = added;
        }

        return added;
    }

    private void UseHttp2WhereConfigured(EndpointAnnotation endpoint, string? protocols = null)
    {
        if ((protocols ?? _settings["Kestrel:EndpointDefaults:Protocols"]) == "Http2")
        {
            endpoint.Transport = "http2";
        }
    }
}
