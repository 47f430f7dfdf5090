using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Images;

/// <summary>
/// Files that the model puts into a container (WithContainerFiles, WithInitFiles) are a layer of its image; what cannot be is refused by
/// the method that was written.
/// </summary>
public sealed class LayerTests
{
    [Fact]
    public async Task Files_are_in_the_output_laid_out_as_in_the_image()
    {
        using var checkout = new Checkout();
        checkout.Write("data/init/01-schema.sql", "create");
        checkout.Write("data/init/more/02.sql", "insert");
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddPostgres("db")
                .WithContainerFiles("/docker-entrypoint-initdb.d", "../data/init")
                .WithContainerFiles(
                    "/etc/postgresql",
                    (_, _) =>
                        Task.FromResult<IEnumerable<ContainerFileSystemItem>>([
                            new ContainerFile { Name = "extra.conf", Contents = "fsync = on\n" },
                        ]),
                    defaultOwner: 999
                )
        );

        Assert.Equal(
            "FROM docker.io/library/postgres:17.6\nCOPY --chown=0:0 [\"files/docker-entrypoint-initdb.d/\", \"/docker-entrypoint-initdb.d/\"]\n"
                + "COPY --chown=999:0 [\"files/etc/postgresql/\", \"/etc/postgresql/\"]\n",
            published.File("shop.images/db/Dockerfile")
        );
        Assert.Equal(
            "create"u8.ToArray(),
            published.Files.Single(file => file.Name == "shop.images/db/files/docker-entrypoint-initdb.d/01-schema.sql").ToBytes()
        );
        Assert.Equal(
            "insert"u8.ToArray(),
            published.Files.Single(file => file.Name == "shop.images/db/files/docker-entrypoint-initdb.d/more/02.sql").ToBytes()
        );
        Assert.Equal(
            "fsync = on\n"u8.ToArray(),
            published.Files.Single(file => file.Name == "shop.images/db/files/etc/postgresql/extra.conf").ToBytes()
        );
        Assert.Equal("Ref DbImage", published.Template().Container("db").At("Image").Show());
        Assert.Null(published.Template().Container("db").At("MountPoints"));
        Assert.Contains(
            "has 2 files of 'data/init' at /docker-entrypoint-initdb.d in its image",
            published.Notices("db"),
            StringComparison.Ordinal
        );
        Assert.Contains("`extra.conf` of the model at `/etc/postgresql` of `db`", published.File("README.md"), StringComparison.Ordinal);
        Assert.Equal("library/postgres:17.6", published.Application.Services.Single().Main.Image.Origin);
    }

    [Theory]
    [InlineData("/docker-entrypoint-initdb.d", "docker-entrypoint-initdb.d/init.sql")]
    [InlineData("/sql/first.sql", "sql/first.sql")]
    [InlineData("/sql/init.sql", "sql/init.sql")]
    public async Task A_file_goes_into_a_folder_or_takes_the_name_that_is_a_files(string target, string path)
    {
        using var checkout = new Checkout();
        checkout.Write("AppHost/init.sql", "create");
        var published = await checkout.PublishAsync(builder =>
            builder.AddContainer("db", "postgres", "17.6").WithContainerFiles(target, "init.sql")
        );

        Assert.Equal(
            $"FROM docker.io/library/postgres:17.6\nCOPY --chown=0:0 [\"files/{path}\", \"/{path}\"]\n",
            published.File("shop.images/db/Dockerfile")
        );
        Assert.Contains(published.Files, file => file.Name == $"shop.images/db/files/{path}");
    }

    [Fact]
    public async Task Files_at_the_root_are_copied_before_those_with_an_owner_of_their_own()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddContainer("web", "nginx", "1.29")
                .WithContainerFiles("/srv", [new ContainerFile { Name = "page", Contents = "p" }], defaultOwner: 101, defaultGroup: 101)
                .WithContainerFiles(
                    "/",
                    [
                        new ContainerDirectory
                        {
                            Name = "etc",
                            Entries =
                            [
                                new ContainerFile
                                {
                                    Name = "it's \"quoted\"",
                                    Contents = "q",
                                    Owner = 7,
                                },
                            ],
                        },
                    ]
                )
        );

        Assert.Equal(
            "FROM docker.io/library/nginx:1.29\nCOPY --chown=0:0 [\"files/\", \"/\"]\nCOPY --chown=101:101 [\"files/srv/\", \"/srv/\"]\nCOPY --chown=7:0 [\"files/etc/it's \\\"quoted\\\"\", \"/etc/it's \\\"quoted\\\"\"]\n",
            published.File("shop.images/web/Dockerfile")
        );
    }

    [Fact]
    public async Task Settings_of_a_known_server_go_into_its_image_and_what_it_writes_into_volumes()
    {
        using var checkout = new Checkout();
        checkout.Write("mosquitto/config/mosquitto.conf", "listener 1883\n");
        checkout.Write("mosquitto/data/keep", "");
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddContainer("mqtt", "eclipse-mosquitto", "2")
                .WithEndpoint(targetPort: 1883, name: "mqtt")
                .WithBindMount("../mosquitto/config", "/mosquitto/config")
                .WithBindMount("../mosquitto/data", "/mosquitto/data")
        );

        Assert.Contains(published.Files, file => file.Name == "shop.images/mqtt/files/mosquitto/config/mosquitto.conf");
        Assert.Equal(
            ["/mosquitto/data"],
            published.Template().Container("mqtt").At("MountPoints").Maps().Select(mount => mount.At("ContainerPath").Show())
        );
    }

    [Fact]
    public async Task A_secret_in_a_file_is_refused_however_it_is_written()
    {
        using var checkout = new Checkout();
        Task RefusesAsync(Func<string, string> write, string words) =>
            checkout.RefusesAsync(
                builder =>
                {
                    builder.Configuration["Parameters:db-password"] = "tell+nobody";
                    var password = builder.AddParameter("db-password", secret: true);
                    builder
                        .AddContainer("web", "nginx", "1.29")
                        .WithContainerFiles("/etc/app", async (_, token) =>
                            [new ContainerFile { Name = "app.json", Contents = write((await password.Resource.GetValueAsync(token))!) }]
                        );
                },
                "'web' gets the file /etc/app/app.json (WithContainerFiles), and " + words,
                "Secrets Manager"
            );

        await RefusesAsync(secret => $"password = {secret}", "the value of the secret 'db-password' is in it");
        await RefusesAsync(Uri.EscapeDataString, "the value of the secret 'db-password' is in it");
        await RefusesAsync(
            secret => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)),
            "the value of the secret 'db-password' is in it"
        );
        await RefusesAsync(_ => "-----BEGIN RSA PRIVATE KEY-----\n", "a private key is in it");
    }

    [Fact]
    public async Task A_value_that_is_a_plain_word_is_in_files_for_other_reasons()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
        {
            builder.Configuration["Parameters:login-user"] = "admin";
            builder.AddParameter("login-user", secret: true);
            builder
                .AddContainer("login", "quay.io/keycloak/keycloak", "26.3")
                .WithContainerFiles(
                    "/opt/keycloak/data/import",
                    [new ContainerFile { Name = "realm.json", Contents = "{\"roles\":[\"admin\"]}" }]
                );
        });

        Assert.Contains(published.Files, file => file.Name == "shop.images/login/files/opt/keycloak/data/import/realm.json");
    }

    [Fact]
    public async Task A_folder_in_which_a_known_program_keeps_its_data_here_is_a_volume()
    {
        using var checkout = new Checkout();
        checkout.Write("data/db/PG_VERSION", "17");
        var published = await checkout.PublishAsync(builder =>
        {
            builder.AddPostgres("db").WithBindMount("../data/db", "/var/lib/postgresql/data");
            builder.AddContainer("files", "minio/minio", "1").WithBindMount("../data/files", "/data");
        });

        Assert.Equal(
            ["db-data", "files-data"],
            published.Application.FileSystems.Select(fileSystem => fileSystem.Name).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "in the volume 'db-data' on Amazon EFS, which starts empty: the folder 'db' of this machine",
            published.Notices("db"),
            StringComparison.Ordinal
        );
        Assert.Equal("{Uid: 999, Gid: 999}", published.Template().Property("DbDbDataAccessPoint", "PosixUser"));
    }

    [Fact]
    public async Task A_generated_password_in_a_file_is_refused_too()
    {
        using var checkout = new Checkout();
        await checkout.RefusesAsync(
            builder =>
            {
                var server = builder.AddPostgres("db");
                builder
                    .AddContainer("admin", "pgadmin", "9")
                    .WithContainerFiles("/", async (_, token) =>
                        [
                            new ContainerFile
                            {
                                Name = "servers.json",
                                Contents = $"{{\"password\":\"{await server.Resource.Password.GetValueAsync(token)}\"}}",
                            },
                        ]
                    );
                builder.AddResource(server.Resource.Password);
            },
            "'admin' gets the file /servers.json (WithContainerFiles), and the value of the secret 'db-password' is in it"
        );
    }

    [Fact]
    public async Task What_cannot_be_in_an_image_is_refused_by_the_method_that_was_written()
    {
        using var checkout = new Checkout();
        using var elsewhere = new Checkout();
        elsewhere.Write("init.sql", "create");
        checkout.Write("AppHost/pages/index.html", "page");
        checkout.Write("AppHost/shop.db", "data");
        Task RefusesAsync(Action<IResourceBuilder<ContainerResource>> model, params string[] words) =>
            checkout.RefusesAsync(builder => model(builder.AddContainer("web", "nginx", "1.29")), ["'web' ", .. words]);

        await RefusesAsync(
            web => web.WithBindMount("pages", "/pages"),
            "mounts 'pages' of this machine at /pages (WithBindMount)",
            "isReadOnly: true",
            "WithVolume",
            "in run mode alone"
        );
        await RefusesAsync(web => web.WithBindMount("shop.db", "/data/shop.db"), "mounts 'shop.db' of this machine", "WithVolume");
        await RefusesAsync(web => web.WithBindMount("/", "/rootfs"), "mounts '/' of this machine at /rootfs");
        await RefusesAsync(
            web => web.WithBindMount("/proc", "/host/proc").WithBindMount("/var/lib/docker/containers", "/containers"),
            "mounts 'proc' of this machine at /host/proc",
            "'containers' at /containers",
            "is of the machine that runs the containers, of which a task on Fargate sees nothing",
            ".ExcludeFromManifest()"
        );
        await RefusesAsync(
            web => web.WithBindMount("../pages", "/pages").WithBindMount("../logs", "/logs"),
            "'web' mounts 'pages' of this machine at /pages, 'logs' at /logs (WithBindMount), which a task on AWS does not see"
        );
        await RefusesAsync(
            web => web.WithBindMount("/var/run/docker.sock", "/var/run/docker.sock"),
            "mounts 'docker.sock' of this machine",
            "is the socket of the container engine, and on Fargate a task reaches none",
            ".ExcludeFromManifest()"
        );
        await checkout.RefusesAsync(
            builder => builder.AddContainer("browser", "coleifer/sqlite-web").WithBindMount("pages", "/data"),
            "'browser' mounts 'pages'",
            "is a tool that looks into others",
            ".ExcludeFromManifest()"
        );
        await RefusesAsync(
            web => web.WithBindMount("none", "/pages", isReadOnly: true),
            "mounts 'none' of this machine at /pages (WithBindMount), which is not there"
        );
        await RefusesAsync(
            web => web.WithContainerFiles("/docker-entrypoint-initdb.d", elsewhere.PathOf("init.sql")),
            "mounts 'init.sql' of this machine at /docker-entrypoint-initdb.d (WithInitFiles), which is outside of the checkout"
        );
        await RefusesAsync(
            web => web.WithContainerFiles("/etc/app", elsewhere.PathOf("init.sql")),
            "(WithContainerFiles, WithBindMount)",
            "outside of the checkout"
        );
        await RefusesAsync(
            web => web.WithContainerFiles("/etc", (_, _) => throw new InvalidOperationException("no endpoint yet.")),
            "has files for its container (WithContainerFiles) that cannot be made where the model is published: no endpoint yet."
        );
        await RefusesAsync(
            web => web.WithContainerFiles("/etc", [new ContainerFile { Name = "a", SourcePath = checkout.PathOf("none") }]),
            "gets the file /etc/a (WithContainerFiles) from none, which is not there"
        );
        await RefusesAsync(
            web => web.WithContainerFiles("/etc", [new ContainerOpenSSLCertificateFile { Name = "ca.pem", Contents = "x" }]),
            "ContainerOpenSSLCertificateFile"
        );
        await RefusesAsync(
            web => web.WithContainerFiles("/etc", [new ContainerFile { Name = "big", Contents = new string('x', 65 << 20) }]),
            "more than 64 MiB",
            "WithDockerfile"
        );
    }

    [Fact]
    public async Task A_folder_that_one_writes_and_another_reads_is_a_volume_of_both()
    {
        using var checkout = new Checkout();
        checkout.Write("AppHost/keys/.gitkeep", "");
        Action<IDistributedApplicationBuilder> model = builder =>
        {
            builder.AddContainer("server", "example/server", "1").WithBindMount("keys", "/keys");
            builder.AddContainer("client", "example/client", "1").WithBindMount("keys", "/keys", isReadOnly: true);
        };

        var message = await Published.RefusalAsync(checkout.AppHost, model);
        Assert.Contains("(2 problems)", message, StringComparison.Ordinal);
        Assert.Contains("'server' mounts 'keys' of this machine at /keys (WithBindMount)", message, StringComparison.Ordinal);
        Assert.Contains(
            "'client' mounts the same: a volume of the same name in each is one file system.",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("which 'server' writes, so that a copy in the image has nothing of it", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init", "/docker-entrypoint-initdb.d", "docker-entrypoint-initdb.d/01.sql")]
    [InlineData("init", "/etc/app/", "etc/app/01.sql")]
    [InlineData("settings.yml", "/opt/app/settings.yml", "opt/app/settings.yml")]
    [InlineData("init", "/opt/keycloak/data/import", "opt/keycloak/data/import/01.sql")]
    [InlineData("settings.php", "/var/www/settings.php", "var/www/settings.php")]
    [InlineData("Caddyfile", "/srv/Caddyfile", "srv/Caddyfile")]
    public async Task Scripts_and_settings_are_only_read_whatever_the_mount_says(string source, string target, string path)
    {
        using var checkout = new Checkout();
        checkout.Write("AppHost/init/01.sql", "create");
        checkout.Write("AppHost/settings.yml", "a: 1");
        checkout.Write("AppHost/settings.php", "a");
        checkout.Write("AppHost/Caddyfile", "a");
        var published = await checkout.PublishAsync(builder =>
            builder.AddContainer("db", "postgres", "17.6").WithBindMount(source, target)
        );

        Assert.Contains(published.Files, file => file.Name == $"shop.images/db/files/{path}");
        Assert.Null(published.Template().Container("db").At("MountPoints"));
    }

    [Fact]
    public async Task A_link_that_leads_out_of_the_checkout_is_refused()
    {
        using var checkout = new Checkout();
        using var elsewhere = new Checkout();
        Directory.CreateDirectory(checkout.PathOf("AppHost/pages"));
        System.IO.File.CreateSymbolicLink(checkout.PathOf("AppHost/pages/key"), elsewhere.Write("key", "key"));

        await checkout.RefusesAsync(
            builder => builder.AddContainer("web", "nginx", "1.29").WithContainerFiles("/pages", "pages"),
            "links out of it"
        );
    }
}
