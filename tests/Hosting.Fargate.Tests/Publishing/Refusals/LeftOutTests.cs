using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Hosting.Fargate.Tests.Publishing.Images;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>What has no counterpart on AWS stops nobody who does not need it.</summary>
public sealed class LeftOutTests
{
    [Fact]
    public async Task A_custom_resource_that_nothing_needs_is_left_out_and_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var thing = builder.AddResource(new UnknownResource("thing"));
            builder.AddWorker("worker").WaitFor(thing);
        });

        var notice = Assert.Single(published.Application.Notices, notice => notice.Resource == "thing");
        Assert.True(notice.IsWarning);
        Assert.Contains(
            "is of type UnknownResource, which has no counterpart on AWS here, and is left out",
            notice.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("'worker' does not wait for it on AWS", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task One_that_a_value_needs_is_refused_there() =>
        Refused.ValueAsync(
            builder => builder.AddResource(new UnknownResource("thing")).Resource,
            "is the resource 'thing' itself, which is no value"
        );

    [Fact]
    public async Task What_is_a_part_of_something_excluded_is_left_out_with_it()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var tools = builder.AddContainer("tools", "tools").ExcludeFromManifest();
            builder.AddExecutable("installer", "ls", ".").WithParentRelationship(tools);
            builder.AddResource(new PartResource("part", tools.Resource));
            builder.AddWorker("worker");
        });

        Assert.Contains(
            "is left out: the model excludes 'tools', of which it is a part",
            published.Notices("installer"),
            StringComparison.Ordinal
        );
        Assert.Equal(["worker"], published.Application.Services.Select(service => service.Name));
    }

    [Fact]
    public Task An_executable_that_others_can_call_is_refused() =>
        Refused.ForAsync(
            builder => builder.AddExecutable("tool", "ls", ".").WithHttpEndpoint().WithParentRelationship(builder.AddWorker("worker")),
            "'tool' is an executable, which runs here only"
        );

    [Fact]
    public async Task An_executable_that_makes_something_here_is_left_out_with_a_word_on_who_does_not_wait_for_it()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WaitForCompletion(
                    builder.AddExecutable("assets", "npm", ".").WaitForCompletion(builder.AddExecutable("install", "npm", "."))
                )
        );

        Assert.EndsWith("and is left out.", published.Notices("install").Trim(), StringComparison.Ordinal);
        var notice = Assert.Single(published.Application.Notices, notice => notice.Resource == "assets");
        Assert.True(notice.IsWarning);
        Assert.Contains("is left out. 'worker' does not wait for it on AWS", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_of_what_the_model_excludes_are_left_out_and_told_once()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var log = builder.AddContainer("log", "datalust/seq", "2025.1").WithHttpEndpoint(targetPort: 80).ExcludeFromManifest();
            builder.AddWorker("worker").WithReference(log.GetEndpoint("http")).WithEnvironment("LOG", log.GetEndpoint("http"));
        });

        Assert.DoesNotContain(published.Application.Services.Single().Main.Environment, variable =>
            variable.Name.Contains("LOG", StringComparison.OrdinalIgnoreCase) && !variable.Name.StartsWith("OTEL", StringComparison.Ordinal)
        );
        Assert.Single(published.Application.Notices, notice =>
            notice is { Resource: "worker", IsWarning: true }
            && notice.Text == "goes without the variables that refer to 'log', which the model excludes (ExcludeFromManifest)."
        );
    }

    [Fact]
    public async Task A_stack_of_CloudFormation_is_left_out_with_what_to_write()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddResource(new Aspire.Hosting.AWS.CloudFormation.StackResource("resources"));
            builder.AddWorker("worker");
        });

        Assert.Contains(
            "is a stack of CloudFormation of its own (Aspire.Hosting.AWS), which deploy neither makes nor reads",
            published.Notices("resources"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_function_of_Lambda_is_no_service_though_it_is_a_project()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var function = builder
                .AddResource(new Aspire.Hosting.AWS.Lambda.LambdaProjectResource("resize"))
                .WithAnnotation(new ProjectFile("Resize/Resize.csproj"));
            builder.AddWorker("worker").WaitFor(function);
        });

        Assert.Equal(["worker"], published.Application.Services.Select(service => service.Name));
        var notice = Assert.Single(published.Application.Notices, notice => notice.Resource == "resize");
        Assert.True(notice.IsWarning);
        Assert.Contains("is a function of AWS Lambda (Aspire.Hosting.AWS)", notice.Text, StringComparison.Ordinal);
        Assert.EndsWith("'worker' does not wait for it on AWS.", notice.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk.BlazorWebAssembly\"></Project>", false)]
    [InlineData("<Project><Sdk Name=\"Microsoft.NET.Sdk.BlazorWebAssembly\" /></Project>", false)]
    [InlineData(
        "<Project Sdk='Microsoft.NET.Sdk.BlazorWebAssembly/10.0.0' xmlns='http://schemas.microsoft.com/developer/msbuild/2003' />",
        false
    )]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk.Web\"><!-- serves Microsoft.NET.Sdk.BlazorWebAssembly --></Project>", true)]
    [InlineData("<Project Sdk='Microsoft.NET.Sdk.Web'><!-- <Sdk Name=\"Microsoft.NET.Sdk.BlazorWebAssembly\" /> --></Project>", true)]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk.BlazorWebAssembly\"", true)]
    public async Task Blazor_WebAssembly_on_its_own_is_files_and_no_service(string project, bool isService)
    {
        using var checkout = new Checkout();
        var path = checkout.Write("Client/Client.csproj", project);

        var published = await checkout.PublishAsync(builder =>
        {
            var client = builder
                .AddResource(new ProjectResource("client"))
                .WithAnnotation(new ProjectFile(path))
                .WithHttpEndpoint()
                .WithExternalHttpEndpoints();
            builder.AddWorker("worker").WithEnvironment("CLIENT", client.GetEndpoint("http"));
        });

        Assert.Equal(isService, published.Application.Services.Any(service => service.Name == "client"));
        Assert.Equal(!isService, published.Notices("client").Contains("is Blazor WebAssembly on its own", StringComparison.Ordinal));
        Assert.Equal(
            !isService,
            published
                .Notices("worker")
                .Contains("goes without the variables that refer to 'client', which is files for browsers", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("<ProjectReference Include=\"..\\Client\\Client.csproj\" />", "ApiBaseUrl", true)]
    [InlineData("<PackageReference Include=\"Microsoft.AspNetCore.Components.WebAssembly.Server\" />", "Backend__Url", true)]
    [InlineData("<ProjectReference Include=\"..\\Client\\Client.csproj\" />", "ORDERS", false)]
    [InlineData("<ProjectReference Include='..\\Client\\Client.csproj' />", "ApiBaseUrl", true)]
    [InlineData("<ProjectReference Include=\"..\\Other\\Other.csproj\" />", "ApiBaseUrl", false)]
    [InlineData("<!-- <ProjectReference Include=\"..\\Client\\Client.csproj\" /> -->", "ApiBaseUrl", false)]
    [InlineData("<!-- <PackageReference Include=\"Microsoft.AspNetCore.Components.WebAssembly.Server\" /> -->", "ApiBaseUrl", false)]
    public async Task What_hosts_Blazor_WebAssembly_is_told_of_an_address_that_browsers_may_get(string item, string variable, bool isTold)
    {
        using var checkout = new Checkout();
        checkout.Write("Client/Client.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.BlazorWebAssembly\"></Project>");
        checkout.Write("Other/Other.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"></Project>");
        var path = checkout.Write("Host/Host.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk.Web\"><ItemGroup>{item}</ItemGroup></Project>");

        var published = await checkout.PublishAsync(builder =>
        {
            var api = builder.AddContainer("api", "example/api", "1").WithHttpEndpoint(targetPort: 80);
            builder
                .AddResource(new ProjectResource("host"))
                .WithAnnotation(new ProjectFile(path))
                .WithReference(api.GetEndpoint("http"))
                .WithEnvironment(variable, api.GetEndpoint("http"));
        });

        Assert.Equal(
            isTold,
            published
                .Notices("host")
                .Contains(
                    $"hosts Blazor WebAssembly, and has the address of 'api' within the network in {variable}",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_resource_of_Azure_that_nothing_needs_is_left_out_with_what_to_write()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddResource(new AzureTestResource("insights"));
            builder.AddWorker("worker");
        });

        Assert.Contains(
            "is a resource of Azure (AzureTestResource), and is left out",
            published.Notices("insights"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "builder.ExecutionContext.IsPublishMode ? builder.AddConnectionString(\"insights\")",
            published.Notices("insights"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public Task One_of_Azure_that_a_service_refers_to_is_refused_with_what_to_write() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WithReference(builder.AddResource(new AzureTestStorageResource("blobs"))),
            "ConnectionStrings__blobs of 'worker' is the connection string of 'blobs', a resource of Azure (AzureTestStorageResource), which",
            "builder.AddConnectionString(\"blobs\")",
            "ConnectionStrings:blobs"
        );

    [Fact]
    public async Task What_AWS_has_of_the_same_is_what_to_write()
    {
        await Refused.ForAsync(
            builder =>
            {
                var server = builder.AddResource(new AzurePostgresFlexibleServerResource("db"));
                var orders = builder.AddResource(new AzurePostgresFlexibleServerDatabaseResource("orders", server.Resource));
                builder.AddWorker("worker").WithReference(orders);
            },
            "take a database of Amazon RDS, in place of all that the model has of it: IResourceBuilder<IResourceWithConnectionString> x = "
                + "builder.ExecutionContext.IsPublishMode ? builder.AddPostgres(\"db\").AddDatabase(\"orders\") : …; or one that exists: "
                + "builder.AddConnectionString(\"orders\")"
        );
        await Refused.ForAsync(
            builder => builder.AddWorker("worker").WithReference(builder.AddResource(new AzureManagedRedisResource("cache"))),
            "take a cache of ElastiCache, in place of all",
            "builder.AddRedis(\"cache\")"
        );
    }

    [Fact]
    public Task One_whose_connection_string_has_two_names_is_refused_once() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WithReference(builder.AddResource(new AzureTestStorageResource("blob-files"))),
            "of 'worker' is the connection string of 'blob-files', a resource of Azure"
        );

    [Fact]
    public Task An_output_of_Azure_is_refused_with_what_to_write() =>
        Refused.ValueAsync(
            builder => new AzureTestOutput(new AzureTestResource("vault")),
            "is a value of 'vault', a resource of Azure (AzureTestResource), which",
            "builder.AddConnectionString(\"vault\")"
        );

    private sealed class PartResource(string name, ContainerResource parent)
        : ContainerResource(name),
            IResourceWithParent<ContainerResource>
    {
        public ContainerResource Parent { get; } = parent;
    }

    private sealed class ProjectFile(string path) : IProjectMetadata
    {
        public string ProjectPath => path;
    }
}
