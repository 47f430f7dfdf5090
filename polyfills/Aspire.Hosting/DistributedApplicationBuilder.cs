using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

#pragma warning disable ASPIREPIPELINES001, ASPIREUSERSECRETS001 // The builder provides what others may only try out.

/// <summary>Builds an application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;

    /// <summary>Creates a builder from a command line.</summary>
    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Creates a builder from options.</summary>
    /// <exception cref="DistributedApplicationException">The command line asks for an operation that there is not.</exception>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };

        // The weakest of all sources, so that DOTNET_ENVIRONMENT and --environment win over ASPIRE_ENVIRONMENT.
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        DistributedApplicationInterception.Current?.Constructing(options, settings);

        _host = new HostApplicationBuilder(settings);
        ConfigureLogging();
        _host.Configuration.AddPipelineSwitches(options.Args ?? []);

        AppHostDirectory = options.ProjectDirectory ?? _host.Environment.ContentRootPath;
        var name = options.ProjectName ?? _host.Environment.ApplicationName;
        AppHostPath = Path.GetFullPath(Path.Join(AppHostDirectory, name));

        _executionContextOptions = AppHostConfiguration.ReadOperation(_host.Configuration);
        ExecutionContext = new(_executionContextOptions);
        UserSecretsManager = UserSecretsFile.Open(AppHostAssembly?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId);
        DescribeAppHost(name);

        _host.Services.AddSingleton(TimeProvider.System);
        _host.Services.AddSingleton(options);
        _host.Services.AddSingleton(ExecutionContext);
        _host.Services.AddSingleton(Eventing);
        _host.Services.AddSingleton(UserSecretsManager);
        _host.Services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        _host.Services.AddSingleton<ApplicationStart>();
        _host.Services.AddHealthChecks();
        _host.Services.AddHttpClient();
        _host.Services.AddResourceServices(options);
        Eventing.Subscribe<BeforeStartEvent>(Http2Endpoints.ApplyAsync);

        // The pipeline first: what its before-start steps do to the model, the orchestrator must find done.
        _host.Services.AddPipeline(this, options);
        if (ExecutionContext.IsRunMode)
        {
            _host.Services.AddLocalOrchestrator(this, options);
        }

        DistributedApplicationInterception.Current?.Constructed(this);
    }

    /// <inheritdoc/>
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc/>
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc/>
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc/>
    public string AppHostDirectory { get; }

    /// <summary>The path of the AppHost's project file.</summary>
    public string AppHostPath { get; }

    /// <inheritdoc/>
    public Assembly? AppHostAssembly => _options.Assembly;

    /// <inheritdoc/>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc/>
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc/>
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc/>
    public IDistributedApplicationPipeline Pipeline { get; } = PipelineServices.CreatePipeline();

    /// <inheritdoc/>
    public IUserSecretsManager UserSecretsManager { get; }

    /// <summary>A registry that stands in for those of all container images.</summary>
    internal string? ContainerRegistryOverride => _options.ContainerRegistryOverride;

    /// <inheritdoc/>
    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ValidateName(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc/>
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    /// <inheritdoc/>
    public DistributedApplication Build()
    {
        DistributedApplicationInterception.Current?.Building(this);
        foreach (var resource in Resources)
        {
            // One added to the collection itself has not been looked at yet.
            ValidateName(resource);
        }

        var application = new DistributedApplication(_host.Build());
        _executionContextOptions.Services = application.Services;
        DistributedApplicationInterception.Current?.Built(application);
        return application;
    }

    private static void ValidateName(IResource resource)
    {
        resource.TryGetLastAnnotation<NameValidationPolicyAnnotation>(out var policy);
        ModelName.Validate(nameof(Resource), resource.Name, policy);
    }

    private void ConfigureLogging()
    {
        _host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _host.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        if (!_options.DisableDashboard)
        {
            // The dashboard shows what a health check says; the log need not repeat it every few seconds.
            _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        }

        // Once more, so that what the user configured wins over the filters above.
        _host.Logging.AddConfiguration(_host.Configuration.GetSection("Logging"));
    }

    private void DescribeAppHost(string name)
    {
        var pathSha = Sha256(AppHostPath.ToLowerInvariant());
        var nameSha = Sha256(name);
        var store = _options.Metadata("apphostprojectbaseintermediateoutputpath") is { } objects
            ? Path.GetFullPath(objects, AppHostDirectory)
            : AppHostDirectory;
        _host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = AppHostPath,
            ["AppHost:DashboardApplicationName"] = _options.DashboardApplicationName ?? _host.Environment.ApplicationName,
            ["AppHost:PathSha256"] = pathSha,
            ["AppHost:ProjectNameSha256"] = nameSha,
            // Published, an application is the same wherever its sources lie; run, each copy of them is one.
            ["AppHost:Sha256"] = ExecutionContext.IsPublishMode ? nameSha : pathSha,
            ["Aspire:Store:Path"] = _host.Configuration["Aspire:Store:Path"] ?? store,
        });

        static string Sha256(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
