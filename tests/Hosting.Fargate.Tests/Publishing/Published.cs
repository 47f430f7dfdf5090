using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>A model, published in memory.</summary>
internal static class Published
{
    /// <summary>Publishes the first environment of a model.</summary>
    /// <param name="model">Builds the model; the environment <c>shop</c> is added where it adds none.</param>
    /// <param name="args">More of the command line, such as <c>--environment staging</c> (as FargateCommandLine leaves it).</param>
    public static async Task<Publication> ModelAsync(Action<IDistributedApplicationBuilder> model, params string[] args) =>
        (await PublishAsync(model, args, environments: 1))[0];

    /// <summary>Publishes every environment of a model.</summary>
    /// <inheritdoc cref="ModelAsync"/>
    public static Task<IReadOnlyList<Publication>> EnvironmentsAsync(Action<IDistributedApplicationBuilder> model, params string[] args) =>
        PublishAsync(model, args, int.MaxValue);

    /// <summary>Publishes the first environment of a model whose AppHost is in a folder.</summary>
    /// <returns>What was published, and the model that it was read from.</returns>
    public static async Task<(Publication Publication, DistributedApplicationModel Model)> InFolderAsync(
        string folder,
        Action<IDistributedApplicationBuilder> model
    )
    {
        DistributedApplicationModel? whole = null;
        var publications = await PublishAsync(
            builder =>
            {
                model(builder);
                whole = new DistributedApplicationModel(builder.Resources);
            },
            [],
            environments: 1,
            folder
        );
        return (publications[0], whole!);
    }

    /// <inheritdoc cref="RefusalAsync(Action{IDistributedApplicationBuilder})"/>
    public static async Task<string> RefusalAsync(string folder, Action<IDistributedApplicationBuilder> model) =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(() => InFolderAsync(folder, model))).Message;

    private static async Task<IReadOnlyList<Publication>> PublishAsync(
        Action<IDistributedApplicationBuilder> model,
        string[] args,
        int environments,
        string? folder = null
    )
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                ProjectDirectory = folder,
                Args = ["--operation", "publish", "--step", "publish", .. args],
                DisableDashboard = true,
            }
        );
        model(builder);
        if (!builder.Resources.OfType<FargateEnvironmentResource>().Any())
        {
            builder.AddFargateEnvironment("shop");
        }

        using var app = builder.Build();

        // What the host does before its first step, such as AsHttp2Service.
        var whole = app.Services.GetRequiredService<DistributedApplicationModel>();
        await builder.Eventing.PublishAsync(new BeforeStartEvent(app.Services, whole), TestContext.Current.CancellationToken);
        List<Publication> publications = [];
        foreach (var environment in builder.Resources.OfType<FargateEnvironmentResource>().Take(environments))
        {
            var reader = new ModelReader(
                whole,
                environment,
                builder.ExecutionContext,
                StackNames.From(builder.Configuration),
                builder.Environment.EnvironmentName
            );
            publications.Add(
                Publication.Create(await reader.ReadAsync(TestContext.Current.CancellationToken), environment.TemplateConfigurations)
            );
        }

        return publications;
    }

    /// <summary>The message with which a model is refused.</summary>
    public static async Task<string> RefusalAsync(Action<IDistributedApplicationBuilder> model) =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(() => ModelAsync(model))).Message;

    /// <summary>A web project without a launch profile of its own.</summary>
    public static IResourceBuilder<ProjectResource> AddWeb(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<WebProject>(name);

    /// <summary>A project that listens on nothing.</summary>
    public static IResourceBuilder<ProjectResource> AddWorker(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<WorkerProject>(name);

    /// <summary>The application's template.</summary>
    public static Template Template(this Publication publication) => publication.Templates.Application;

    /// <summary>The content of a file.</summary>
    public static string File(this Publication publication, string name) => publication.Files.Single(file => file.Name == name).Content;

    private sealed class WebProject : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Web.csproj");

        public LaunchSettings LaunchSettings { get; } =
            new()
            {
                Profiles =
                {
                    ["http"] = new() { CommandName = "Project", ApplicationUrl = "http://localhost:5180" },
                },
            };
    }

    private sealed class WorkerProject : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Worker.csproj");

        public LaunchSettings LaunchSettings { get; } = new() { Profiles = { ["worker"] = new() { CommandName = "Project" } } };
    }
}
