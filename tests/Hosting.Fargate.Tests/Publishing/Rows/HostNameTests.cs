using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Text in which a container is named as others find it on a laptop is as good as a reference.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("http://files:9000/bucket", "http://files:9000/bucket")]
    [InlineData("http://user:key@files:9001,other:1", "http://user:key@files:8901,other:1")]
    [InlineData("files:9000", "files:9000")]
    [InlineData("Host=files;Port=9000", "Host=files;Port=9000")]
    public async Task A_service_calls_it_by_the_name_and_port_that_it_has(string text, string value)
    {
        var template = (
            await PublishAsync(builder => builder.AddContainer("client", "app", "1").WithEnvironment("TARGET", text))
        ).Template();

        Assert.Equal(value, template.Variable("client", "TARGET"));
        Assert.Equal(
            "GetAtt ClientSecurityGroup.GroupId",
            template.Property(
                text.Contains("9001", StringComparison.Ordinal) ? "Files9001FromClient" : "Files9000FromClient",
                "SourceSecurityGroupId"
            )
        );
        Assert.Contains("FilesService", template["ClientService"].DependsOn);
    }

    [Theory]
    [InlineData("http://s3.local:9000/bucket", "http://files:9000/bucket")]
    [InlineData("my-files:9000", "files:9000")]
    public async Task It_is_known_by_the_aliases_that_it_has_on_a_laptop(string text, string value)
    {
        var template = (
            await PublishAsync(
                builder => builder.AddContainer("client", "app", "1").WithEnvironment("TARGET", text),
                files => files.WithContainerNetworkAlias("s3.local").WithContainerName("my-files")
            )
        ).Template();

        Assert.Equal(value, template.Variable("client", "TARGET"));
        Assert.True(template.Contains("Files9000FromClient"));
    }

    [Theory]
    [InlineData("db", true)]
    [InlineData("mydb", false)]
    public async Task A_name_and_the_port_of_an_endpoint_beside_it_are_a_reference_too(string name, bool isReference)
    {
        var published = await Published.ModelAsync(builder =>
        {
            var db = builder.AddPostgresServer("db").PublishAsRds();
            var host = ReferenceExpression.Create($"{name}:{db.Resource.PrimaryEndpoint.Property(EndpointProperty.TargetPort)}");
            builder
                .AddContainer("client", "app", "1")
                .WithEnvironment("TARGET", ReferenceExpression.Create($"postgresql://app@{host}/orders"));
        });

        Assert.Equal(
            isReference,
            published.Template().Variable("client", "TARGET")!.Contains("DbDatabase.Endpoint.Address", StringComparison.Ordinal)
        );
        Assert.Equal(!isReference, published.Template().Variable("client", "TARGET")!.Contains($"{name}:5432", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_alone_is_one_in_a_variable_for_a_host()
    {
        var published = await PublishAsync(builder =>
            builder.AddContainer("client", "app", "1").WithEnvironment("S3_HOST", "files").WithEnvironment("KIND", "files")
        );

        Assert.True(published.Template().Contains("Files9000FromClient"));
        Assert.False(
            (await PublishAsync(builder => builder.AddContainer("client", "app", "1").WithEnvironment("KIND", "files")))
                .Template()
                .Contains("Files9000FromClient")
        );
    }

    [Fact]
    public async Task A_task_that_ends_calls_it_by_DNS_in_an_argument_too()
    {
        var published = await PublishAsync(builder =>
        {
            var init = builder
                .AddContainer("init", "minio/mc", "1")
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", "until mc alias set local http://files:9000 \"$U\" \"$P\"; do sleep 2; done");
            builder.AddWorker("worker").WaitForCompletion(init);
        });

        Assert.Equal(
            "[-c, until mc alias set local http://files.shop.internal:9000 \"$U\" \"$P\"; do sleep 2; done]",
            published.Template().Container("init").At("Command").Show()
        );
        Assert.Equal("9000", published.Template().Property("Files9000FromInit", "FromPort"));
        Assert.Equal(["files"], published.Application.Tasks.Single().After);
    }

    [Theory]
    [InlineData("http://files.example.com:9000")]
    [InlineData("my-files:9000")]
    [InlineData("files:1234")]
    [InlineData("the files")]
    [InlineData("https+http://files")]
    public async Task What_only_looks_like_it_is_left_alone(string text)
    {
        var template = (
            await PublishAsync(builder => builder.AddContainer("client", "app", "1").WithEnvironment("TARGET_HOST", text))
        ).Template();

        Assert.Equal(text, template.Variable("client", "TARGET_HOST"));
        Assert.False(template.Contains("Files9000FromClient"));
    }

    [Theory]
    [InlineData("URL", "postgres://u:p@store:5432/orders", true)]
    [InlineData("DB_HOST", "store", true)]
    [InlineData("DB_SEEDS", "store", true)]
    [InlineData("DB_URL", "store", true)]
    [InlineData("DB_URL_DATABASE", "store", false)]
    [InlineData("URL", "http://files:1234", true)]
    [InlineData("IMAGE", "store:17", false)]
    [InlineData("KIND", "store", false)]
    public async Task A_port_that_no_endpoint_has_is_told_for_nobody_reaches_it(string variable, string text, bool isTold)
    {
        var published = await PublishAsync(builder =>
        {
            builder.AddContainer("store", "example/store", "1");
            builder.AddContainer("client", "app", "1").WithEnvironment(variable, text);
        });

        Assert.Equal(text, published.Template().Variable("client", variable));
        Assert.Equal(isTold, published.Notices("client").Contains("without which nobody reaches it on AWS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_of_a_known_image_is_reached_at_its_own_port_without_an_endpoint()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddContainer("store", "redis", "8");
                builder.AddContainer("unused", "postgres", "18").WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "trust");
                builder.AddContainer("client", "app", "1").WithEnvironment("TARGET", "redis://store:6379/0");
            })
        ).Template();

        Assert.Equal("redis://store:6379/0", template.Variable("client", "TARGET"));
        Assert.Equal("6379", template.Property("Store6379FromClient", "FromPort"));
        Assert.Contains("StoreService", template["ClientService"].DependsOn);
        Assert.Equal("5432", template.Container("unused").At("PortMappings").Maps().Single().At("ContainerPort").Show());
    }

    [Fact]
    public async Task What_a_service_calls_itself_stays()
    {
        var template = (
            await PublishAsync(builder =>
                builder.AddContainer("client", "app", "1").WithHttpEndpoint(targetPort: 80).WithEnvironment("OWN", "http://client:80")
            )
        ).Template();

        Assert.Equal("http://client:80", template.Variable("client", "OWN"));
    }

    private static Task<Hosting.Fargate.Publishing.Publication> PublishAsync(
        Action<IDistributedApplicationBuilder> model,
        Action<IResourceBuilder<ContainerResource>>? more = null
    ) =>
        Published.ModelAsync(builder =>
        {
            var files = builder
                .AddContainer("files", "example/files", "1")
                .WithHttpEndpoint(targetPort: 9000, name: "api")
                .WithHttpEndpoint(port: 8901, targetPort: 9001, name: "console");
            more?.Invoke(files);
            model(builder);
        });
}
