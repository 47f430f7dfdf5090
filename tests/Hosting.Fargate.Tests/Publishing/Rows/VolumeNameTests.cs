using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing.Refusals;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Volumes as <c>WithDataVolume()</c> names them, and names that AWS does not take.</summary>
public sealed class VolumeNameTests
{
    private static IResourceBuilder<T> WithDataVolume<T>(IResourceBuilder<T> builder)
        where T : ContainerResource => builder.WithVolume(VolumeNameGenerator.Generate(builder, "data"), "/data");

    [Fact]
    public async Task A_volume_that_Aspire_names_is_named_after_its_resource()
    {
        string? generated = null;
        var published = await Published.ModelAsync(builder =>
        {
            var cache = WithDataVolume(builder.AddRedis("my-cache").PublishAsContainer());
            generated = cache.Resource.Annotations.OfType<ContainerMountAnnotation>().Single().Source;
        });

        // The name of the AppHost is that of this test's project, with dots as teams have them.
        Assert.Contains("hosting.fargate.tests-", generated, StringComparison.Ordinal);
        Assert.Equal(
            "[{SourceVolume: my-cache-data, ContainerPath: /data, ReadOnly: false}]",
            published.Template().Container("my-cache").At("MountPoints").Show()
        );
        Assert.Equal("my-cache-data", Assert.Single(published.Application.FileSystems).Name);
        Assert.True(published.Templates.Foundation.Contains("MyCacheDataFileSystem"));
        Assert.All(published.Files, file => Assert.DoesNotContain(generated!, file.Content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_volume_is_the_same_whatever_the_AppHost_is_called_and_wherever_it_is()
    {
        Task<Publication> PublishAsync(string project, string folder) =>
            Published.ModelAsync(builder =>
            {
                // What an AppHost of that name, in that folder, would be given by its host.
                builder.Configuration["AppHost:Sha256"] = Convert.ToHexString(
                    System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(project + folder))
                );
                builder.Environment.ApplicationName = project;
                WithDataVolume(builder.AddPostgres("db"));
                builder.AddWorker("worker").WithReference(WithDataVolume(builder.AddPostgresServer("pg")));
                WithDataVolume(builder.AddRedis("cache"));
            });

        var one = await PublishAsync("Shop.AppHost", "/home/one/shop");
        var other = await PublishAsync("Store.AppHost", "/srv/build/store");
        Assert.Equal(one.File("shop-foundation.template.yaml"), other.File("shop-foundation.template.yaml"));
        Assert.Equal(one.File("shop.template.yaml"), other.File("shop.template.yaml"));
        Assert.Equal(one.File("README.md"), other.File("README.md"));
        Assert.Contains("'pg-data' here alone", one.Notices("pg"), StringComparison.Ordinal);
        Assert.True(one.Templates.Foundation.Contains("DbDataFileSystem"));
    }

    [Fact]
    public async Task Two_that_mount_the_volume_of_one_resource_share_it()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var db = WithDataVolume(builder.AddPostgres("db"));
            builder.AddContainer("backup", "backup").WithVolume(VolumeNameGenerator.Generate(db, "data"), "/source", isReadOnly: true);
        });

        Assert.Single(published.Templates.Foundation.OfType("AWS::EFS::FileSystem"));
        Assert.Equal(
            ["DbDbDataAccessPoint", "BackupDbDataAccessPoint"],
            published.Template().OfType("AWS::EFS::AccessPoint").Select(point => point.Id)
        );
    }

    [Fact]
    public async Task Options_name_such_a_volume_by_either_name()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithExistingFileSystem("db-data", "fs-0123456789abcdef0");
                var db = WithDataVolume(builder.AddPostgres("db"));
                db.PublishAsFargateService(service => service.OwnVolume("db-data", 999, 998));
                var cache = WithDataVolume(builder.AddRedis("cache").PublishAsContainer());
                cache.PublishAsFargateService(service => service.OwnVolume(VolumeNameGenerator.Generate(cache, "data"), 7, 8));
            })
        ).Template();

        Assert.Equal("{Uid: 999, Gid: 998}", template.Property("DbDbDataAccessPoint", "PosixUser"));
        Assert.Equal("fs-0123456789abcdef0", template.Property("DbDbDataAccessPoint", "FileSystemId"));
        Assert.Equal("{Uid: 7, Gid: 8}", template.Property("CacheCacheDataAccessPoint", "PosixUser"));
    }

    [Fact]
    public async Task A_name_with_dots_is_a_name_with_hyphens_in_the_task()
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("site", "nginx").WithVolume("site.pages", "/pages"));

        Assert.Equal(
            "[{SourceVolume: site-pages, ContainerPath: /pages, ReadOnly: false}]",
            published.Template().Container("site").At("MountPoints").Show()
        );
        Assert.Contains("Name: site-pages", published.Template().Property("SiteTaskDefinition", "Volumes"), StringComparison.Ordinal);
        Assert.Equal("site.pages", Assert.Single(published.Application.FileSystems).Name);
    }

    [Fact]
    public Task Two_volumes_of_a_container_that_would_be_one_are_refused() =>
        Refused.ForAsync(
            builder => builder.AddContainer("site", "nginx").WithVolume("site.pages", "/pages").WithVolume("site-pages", "/other"),
            "'site' mounts the volumes 'site.pages' and 'site-pages', which would both be 'site-pages' in its task",
            "Rename one of them (WithVolume)"
        );

    [Fact]
    public async Task Two_volumes_that_would_be_one_file_system_are_refused_by_both_names()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            builder.AddContainer("one", "nginx").WithVolume("site.pages", "/pages");
            builder.AddContainer("two", "nginx").WithVolume("site-pages", "/pages");
        });

        Assert.StartsWith("The model cannot be published to 'shop' (", message, StringComparison.Ordinal);
        Assert.Contains(
            "'SitePagesFileSystem' in the template: 'site.pages' (AWS::EFS::FileSystem) and 'site-pages' (AWS::EFS::FileSystem). Rename one of them.",
            message,
            StringComparison.Ordinal
        );
    }
}
