using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ContainerTests
{
    private const string Digest = "bb142a9c18ac18a16713c1491d779697b4e107c22a97266616099d288237ef47";

    [Fact]
    public async Task A_container_runs_its_image_by_tag_and_has_no_repository()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("cache", "redis", "7.4");
            builder.AddContainer("untagged", "nginx");
        });

        Assert.Equal("redis:7.4", published.Template().Container("cache").At("Image").Show());
        Assert.Equal("nginx:latest", published.Template().Container("untagged").At("Image").Show());
        Assert.Empty(published.Templates.Foundation.OfType("AWS::ECR::Repository"));
        Assert.Null(published.Template().Parameters["CacheImage"]);
        Assert.Equal(["WriteLog"], published.Template().Statements("CacheExecutionRole").Select(statement => statement.At("Sid").AsText()));
    }

    [Fact]
    public async Task A_container_runs_its_image_by_digest()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddContainer("cache", "redis").WithImageSHA256(Digest).WithImageRegistry("public.ecr.aws/docker")
            )
        ).Template();

        Assert.Equal($"public.ecr.aws/docker/redis@sha256:{Digest}", template.Container("cache").At("Image").Show());
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/cache", "1.2", "eu-west-1", "team/cache")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/cache", "1.2", "cn-north-1", "cache")]
    public async Task The_execution_role_pulls_an_image_of_a_private_registry_in_ECR(
        string image,
        string tag,
        string region,
        string repository
    )
    {
        var template = (await Published.ModelAsync(builder => builder.AddContainer("cache", image, tag))).Template();

        Assert.Equal($"{image}:{tag}", template.Container("cache").At("Image").Show());
        Assert.Equal(
            $"Sub arn:${{AWS::Partition}}:ecr:{region}:123456789012:repository/{repository}",
            template.Statement("CacheExecutionRole", "PullImage").At("Resource").Show()
        );
        Assert.NotNull(template.Statement("CacheExecutionRole", "RegistryLogin"));
    }

    [Fact]
    public async Task Entrypoint_and_arguments_replace_those_of_the_image()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddContainer("proxy", "nginx").WithEntrypoint("/bin/sh").WithArgs("-c", "nginx"))
        ).Template();

        Assert.Equal("[/bin/sh]", template.Container("proxy").At("EntryPoint").Show());
        Assert.Equal("[-c, nginx]", template.Container("proxy").At("Command").Show());
    }

    [Fact]
    public async Task A_volume_is_on_EFS_in_the_foundation_and_mounted_by_an_access_point()
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("cache", "redis").WithVolume("cache-data", "/data"));

        var template = published.Template();
        var fileSystem = published.Templates.Foundation["CacheDataFileSystem"];
        Assert.Equal("AWS::EFS::FileSystem", fileSystem.Type);
        Assert.Equal("true", fileSystem.Properties.At("Encrypted").Show());
        Assert.Equal("RetainExceptOnCreate", fileSystem.DeletionPolicy);
        Assert.Equal(
            "[{SourceVolume: cache-data, ContainerPath: /data, ReadOnly: false}]",
            template.Container("cache").At("MountPoints").Show()
        );
        Assert.Equal(
            "[{Name: cache-data, EFSVolumeConfiguration: {FilesystemId: Ref CacheDataFileSystemId, TransitEncryption: ENABLED, "
                + "AuthorizationConfig: {AccessPointId: Ref CacheCacheDataAccessPoint, IAM: ENABLED}}}]",
            template.Property("CacheTaskDefinition", "Volumes")
        );
        Assert.Equal("{Uid: 999, Gid: 999}", template.Property("CacheCacheDataAccessPoint", "PosixUser"));
        Assert.Equal(
            "[elasticfilesystem:ClientMount, elasticfilesystem:ClientWrite]",
            template.Statement("CacheTaskRole", "CacheDataVolume").At("Action").Show()
        );
        Assert.Equal("2049", template.Property("CacheDataFromCache", "FromPort"));
        Assert.Contains("CacheDataMountTargetA", template["CacheService"].DependsOn);
        Assert.Contains("CacheDataMountTargetB", template["CacheService"].DependsOn);
    }

    [Fact]
    public async Task A_volume_for_reading_is_mounted_without_the_right_to_write()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddContainer("site", "nginx").WithVolume("pages", "/pages", isReadOnly: true))
        ).Template();

        Assert.Equal("elasticfilesystem:ClientMount", template.Statement("SiteTaskRole", "PagesVolume").At("Action").Show());
        Assert.Equal("200", template.Property("SiteService", "DeploymentConfiguration", "MaximumPercent"));
    }

    [Fact]
    public async Task A_volume_without_a_name_is_on_the_tasks_own_disk()
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("cache", "redis").WithVolume("/scratch"));

        Assert.Equal("[{Name: cache-1}]", published.Template().Property("CacheTaskDefinition", "Volumes"));
        Assert.Empty(published.Templates.Foundation.OfType("AWS::EFS::FileSystem"));
    }

    [Fact]
    public async Task What_writes_a_volume_is_alone_on_it_even_behind_the_load_balancer()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddContainer("blog", "wordpress")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithExternalHttpEndpoints()
                    .WithVolume("uploads", "/uploads")
            )
        ).Template();

        Assert.Equal(1, template.Service("blog").At("DesiredCount").AsInt());
        Assert.Equal("0", template.Property("BlogService", "DeploymentConfiguration", "MinimumHealthyPercent"));
        Assert.Equal("100", template.Property("BlogService", "DeploymentConfiguration", "MaximumPercent"));
        Assert.Equal("DISABLED", template.Service("blog").At("AvailabilityZoneRebalancing").Show());
    }

    [Fact]
    public async Task Two_that_share_a_volume_have_one_file_system_and_an_access_point_each()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("writer", "app").WithVolume("shared", "/data");
            builder.AddContainer("reader", "app").WithVolume("shared", "/data", isReadOnly: true);
        });

        Assert.Single(published.Templates.Foundation.OfType("AWS::EFS::FileSystem"));
        Assert.Equal(
            ["WriterSharedAccessPoint", "ReaderSharedAccessPoint"],
            published.Template().OfType("AWS::EFS::AccessPoint").Select(point => point.Id)
        );
        Assert.Equal(2, published.Template().OfType("AWS::EFS::MountTarget").Count());
    }

    [Fact]
    public async Task A_container_listens_on_its_target_port_and_is_called_on_its_own()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var proxy = builder
                    .AddContainer("proxy", "nginx")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(port: 9000, targetPort: 9001, name: "admin");
                builder.AddWorker("client").WithReference(proxy.GetEndpoint("http")).WithReference(proxy.GetEndpoint("admin"));
            })
        ).Template();

        Assert.Equal("http://proxy", template.Variable("client", "services__proxy__http__0"));
        Assert.Equal("http://proxy:9000", template.Variable("client", "services__proxy__admin__0"));
        Assert.Equal(
            ["http proxy [{DnsName: proxy, Port: 80}]", "admin proxy--admin [{DnsName: proxy, Port: 9000}]"],
            template
                .Service("proxy")
                .At("ServiceConnectConfiguration", "Services")
                .Maps()
                .Select(service =>
                    $"{service.At("PortName").Show()} {service.At("DiscoveryName").Show()} {service.At("ClientAliases").Show()}"
                )
        );
        Assert.Equal("9001", template.Property("Proxy9001FromClient", "FromPort"));
    }

    [Fact]
    public async Task Two_endpoints_on_one_container_port_are_one_port_and_one_name()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var proxy = builder
                    .AddContainer("proxy", "envoy")
                    .WithEndpoint(port: 9000, targetPort: 8080, name: "raw", scheme: "tcp")
                    .WithHttpEndpoint(port: 81, targetPort: 8080);
                builder.AddWorker("client").WithReference(proxy.GetEndpoint("http")).WithReference(proxy.GetEndpoint("raw"));
            })
        ).Template();

        Assert.Equal(
            "[{Name: http, ContainerPort: 8080, Protocol: tcp, AppProtocol: http}]",
            template.Container("proxy").At("PortMappings").Show()
        );
        Assert.Equal("http://proxy:81", template.Variable("client", "services__proxy__http__0"));
        Assert.Equal("tcp://proxy:81", template.Variable("client", "services__proxy__raw__0"));
        Assert.Equal(
            "[{DnsName: proxy, Port: 81}]",
            Assert.Single(template.Service("proxy").At("ServiceConnectConfiguration", "Services").Maps()).At("ClientAliases").Show()
        );
    }

    [Fact]
    public async Task A_Dockerfile_is_an_image_that_deploy_builds()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            System.IO.File.WriteAllText(Path.Combine(folder.FullName, "Dockerfile"), "FROM scratch\n");
            var published = await Published.ModelAsync(builder => builder.AddDockerfile("site", folder.FullName));

            Assert.Equal("Ref SiteImage", published.Template().Container("site").At("Image").Show());
            Assert.Equal("shop/site", published.Templates.Foundation.Property("SiteRepository", "RepositoryName"));
            Assert.Equal(
                "Dockerfile",
                Assert.IsType<Application.BuiltImage>(published.Application.Services.Single().Main.Image).Dockerfile
            );
            Assert.DoesNotContain(published.Files, file => file.Name.StartsWith("shop.images/", StringComparison.Ordinal));
            Assert.Contains("AddDockerfile(\"site\")", published.Template()["SiteService"].Comment, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_processor_is_that_of_the_image()
    {
#pragma warning disable ASPIREPIPELINES003 // Build options say which processor an image is for.
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWorker("intel");
                builder
                    .AddWorker("built")
                    .WithContainerBuildOptions(context =>
                        context.TargetPlatform = Aspire.Hosting.Publishing.ContainerTargetPlatform.LinuxArm64
                    );
                builder.AddWorker("said").PublishAsFargateService(service => service.Architecture = Architecture.Arm64);
            })
        ).Template();
#pragma warning restore ASPIREPIPELINES003

        Assert.Equal("X86_64", template.Property("IntelTaskDefinition", "RuntimePlatform", "CpuArchitecture"));
        Assert.Equal("ARM64", template.Property("BuiltTaskDefinition", "RuntimePlatform", "CpuArchitecture"));
        Assert.Equal("ARM64", template.Property("SaidTaskDefinition", "RuntimePlatform", "CpuArchitecture"));
    }

    [Fact]
    public async Task A_name_keeps_its_capitals_where_AWS_does_and_loses_them_where_it_does_not()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var cache = builder.AddContainer("Cache2-Main", "redis").WithEndpoint(targetPort: 6379, name: "TCP", scheme: "tcp");
            builder.AddWorker("Order-Worker").WithReference(cache.GetEndpoint("TCP"));
        });

        var template = published.Template();
        Assert.Equal("tcp://cache2-main:6379", template.Variable("Order-Worker", "services__Cache2-Main__TCP__0"));
        Assert.Equal("Cache2-Main", template.Service("Cache2-Main").At("ServiceName").Show());
        Assert.Equal("tcp", template.Container("Cache2-Main").At("PortMappings").Maps().Single().At("Name").Show());
        Assert.Equal(
            "[{DnsName: cache2-main, Port: 6379}]",
            template.Service("Cache2-Main").At("ServiceConnectConfiguration", "Services").Maps().Single().At("ClientAliases").Show()
        );
        Assert.Equal("shop/order-worker", published.Templates.Foundation.Property("OrderWorkerRepository", "RepositoryName"));
    }
}
