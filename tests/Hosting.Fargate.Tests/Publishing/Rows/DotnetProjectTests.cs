using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Aws.CloudFormation;
using Hosting.Fargate.Tests.Publishing.Refusals;

namespace Hosting.Fargate.Tests.Publishing.Rows;

#pragma warning disable ASPIREPIPELINES001 // Steps of the pipeline.
#pragma warning disable ASPIREPROJECTS001 // What projects have by default.
#pragma warning disable ASPIREEXTENSION001 // Arguments of the tool that starts them.

/// <summary>Projects that a laptop starts by <c>dotnet run</c> (AddDotnetProject).</summary>
public sealed class DotnetProjectTests
{
    [Fact]
    public async Task It_is_a_service_as_a_project_is()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = AddDotnetProject(builder, "api", "http").WithExternalHttpEndpoints();
            AddDotnetProject(builder, "worker", "none").WithReference(api.GetEndpoint("http")).WaitFor(api);
        });

        var template = published.Template();
        Assert.Equal("Ref ApiImage", template.Container("api").At("Image").Show());
        Assert.Equal(
            "[{ContainerName: api, ContainerPort: 8080, TargetGroupArn: Ref ApiTargetGroup}]",
            template.Service("api").At("LoadBalancers").Show()
        );
        Assert.Equal("Production", template.Variable("worker", "DOTNET_ENVIRONMENT"));
        Assert.Equal("http://api", template.Variable("worker", "services__api__http__0"));
        Assert.Null(template.Container("api").At("Command"));
        Assert.Contains("AddDotnetProject(\"api\")", template["ApiService"].Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_its_package_refuses_is_published()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Equal(0, await Pipeline.PublishAsync(folder.FullName, builder => AddDotnetProject(builder, "api", "http")));
            Assert.Contains(
                "ApiService:",
                await File.ReadAllTextAsync(Path.Combine(folder.FullName, "shop.template.yaml"), TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task One_that_the_model_excludes_stays_out()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWorker("worker");
            AddDotnetProject(builder, "api", "http").ExcludeFromManifest();
        });

        Assert.False(published.Template().Contains("ApiService"));
    }

    private static IResourceBuilder<DotnetProjectResource> AddDotnetProject(
        IDistributedApplicationBuilder builder,
        string name,
        string profile
    ) =>
        builder
            .AddResource(new DotnetProjectResource(name))
            .WithAnnotation<IProjectMetadata>(new ProjectFile())
            .WithProjectDefaults(new ProjectResourceOptions { LaunchProfileName = profile })
            .WithLaunchToolArgs(context => context.Args.Add("run"));

    /// <summary>As Aspire.Hosting.Dotnet has it, which not every feed has: publishing fails where one is in the model.</summary>
    private sealed class DotnetProjectResource : ExecutableResource, IResourceWithServiceDiscovery
    {
        public DotnetProjectResource(string name)
            : base(name, "dotnet", ".") =>
            Annotations.Add(
                new PipelineStepAnnotation(context =>
                    context.PipelineContext.Model.Resources.OfType<DotnetProjectResource>().Any()
                        ?
                        [
                            new PipelineStep
                            {
                                Name = $"validate-{name}",
                                Action = Fail,
                                RequiredBySteps = ["publish-shop"],
                            },
                        ]
                        : []
                )
            );

        private static Task Fail(PipelineStepContext context) => throw new DistributedApplicationException("Not supported.");
    }

    private sealed class ProjectFile : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Api.csproj");

        public LaunchSettings LaunchSettings { get; } =
            new()
            {
                Profiles =
                {
                    ["http"] = new() { CommandName = "Project", ApplicationUrl = "http://localhost:5180" },
                    ["none"] = new() { CommandName = "Project" },
                },
            };
    }
}
