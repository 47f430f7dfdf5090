using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>Front ends as files: PublishAsStaticSite.</summary>
public sealed class SiteTests
{
    [Fact]
    public async Task A_site_has_the_address_and_paths_of_services_are_theirs_under_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/*.json");
                        service.WithRoute("/api/*");
                        service.WithRoute("/api/admin/*");
                    });
                builder.AddViteApp("web", "web").PublishAsStaticSite();
            })
        ).Template();

        var distribution = template["Distribution"].Properties.At("DistributionConfig");
        Assert.Equal("files-web", distribution.At("DefaultCacheBehavior", "TargetOriginId").Show());
        Assert.Equal(
            ["/api/admin", "/api/admin/*", "/api", "/api/*", "/*.json"],
            distribution.At("CacheBehaviors").Maps().Select(behavior => behavior.At("PathPattern").Show())
        );
        Assert.All(distribution.At("CacheBehaviors").Maps(), behavior =>
            Assert.Equal("load-balancer", behavior.At("TargetOriginId").Show())
        );

        // An answer to errors would be for the whole distribution, the API too.
        Assert.Null(distribution.At("CustomErrorResponses"));
        Assert.Equal(
            "[{EventType: viewer-request, FunctionARN: GetAtt WebSiteFunction.FunctionARN}]",
            distribution.At("DefaultCacheBehavior", "FunctionAssociations").Show()
        );
    }

    [Fact]
    public async Task A_service_that_has_all_of_the_address_keeps_it_and_the_site_has_one_of_its_own()
    {
        var publication = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            builder
                .AddWeb("app")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service =>
                {
                    service.WithRoute("/*");
                    service.WithRoute("/api/*");
                });
            builder.AddViteApp("web", "web").PublishAsStaticSite();
        });

        var template = publication.Template();
        Assert.Equal(
            "load-balancer",
            template["Distribution"].Properties.At("DistributionConfig", "DefaultCacheBehavior", "TargetOriginId").Show()
        );
        var own = template["WebDistribution"].Properties.At("DistributionConfig");
        Assert.Equal("files-web", own.At("DefaultCacheBehavior", "TargetOriginId").Show());
        Assert.Contains("/api/*", own.At("CacheBehaviors").Maps().Select(behavior => behavior.At("PathPattern").Show()));
        Assert.Equal("Sub https://${WebDistribution.DomainName}", template.Outputs.At("WebUrl", "Value").Show());
    }

    [Fact]
    public async Task Without_a_service_there_is_no_load_balancer_and_no_way_to_one()
    {
        var publication = await Published.ModelAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .WithShopDomain()
                .WithCloudFront(edge => edge.CertificateArn = EdgeShop.Certificate)
                .WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.USEast1));
            builder.AddViteApp("web", "web").PublishAsStaticSite();
        });

        var template = publication.Template();
        Assert.Single(template.OfType("AWS::CloudWatch::Alarm"));
        Assert.Empty(template.OfType("AWS::CloudFront::VpcOrigin"));
        Assert.Null(template.Parameters["CloudFrontPrefixListId"]);
        Assert.Equal("https://shop.example.com", template.Outputs.At("Url", "Value").Show());
        Assert.Equal(2, template.OfType("AWS::Route53::RecordSet").Count());
        Assert.Contains("1 static site", publication.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_is_told_the_origin_and_what_is_known_and_not_what_a_development_server_needs()
    {
        var publication = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            var api = builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/api/*"));
            var search = builder.AddWeb("search");
            builder
                .AddViteApp("web", "web")
                .WithReference(search)
                .WithEnvironment("VITE_API", ReferenceExpression.Create($"{api.GetEndpoint("http")}/api/v1"))
                .WithEnvironment("VITE_KEY", builder.AddParameter("maps-key"))
                .PublishAsStaticSite();
        });

        var site = Assert.Single(publication.Application.Sites);
        Assert.Equal(["VITE_API", "VITE_KEY"], site.Variables.Select(variable => variable.Name));
        Assert.Equal(new Text("/api/v1"), site.Variables[0].Value);
        Assert.Contains("is built without SEARCH_HTTP", publication.Notices("web"), StringComparison.Ordinal);
        Assert.DoesNotContain("maps-key", publication.Notices("maps-key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_domain_the_origin_is_known_by_its_name()
    {
        var publication = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithShopDomain().WithCloudFront(edge => edge.CertificateArn = EdgeShop.Certificate);
            var api = builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/api/*"));
            var login = builder.AddWeb("login").WithExternalHttpEndpoints();
            var web = builder.AddViteApp("web", "web").WithEnvironment("VITE_LOGIN", login.GetEndpoint("http")).PublishAsStaticSite();
            builder
                .AddViteApp("admin", "admin")
                .WithEnvironment("VITE_API", api.GetEndpoint("http"))
                .WithEnvironment("VITE_SHOP", web.GetEndpoint("http"))
                .PublishAsStaticSite(site => site.Host = "Office.example.com");
            api.WithEnvironment("Cors__Origin", web.GetEndpoint("http"));
        });

        var values = publication
            .Application.Sites.SelectMany(site => site.Variables)
            .ToDictionary(variable => variable.Name, variable => variable.Value);
        Assert.Equal(new Text("https://login.shop.example.com"), values["VITE_LOGIN"]);
        Assert.Equal(new Text("https://office.example.com"), values["VITE_API"]);
        Assert.Equal(new Text("https://shop.example.com"), values["VITE_SHOP"]);
        Assert.Equal(
            new Text("https://shop.example.com"),
            publication.Application.Services[0].Main.Environment.Single(variable => variable.Name == "Cors__Origin").Value
        );
    }

    [Fact]
    public async Task A_service_knows_the_address_of_a_site_that_AWS_makes_up()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                var web = builder.AddViteApp("web", "web").PublishAsStaticSite();
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .WithEnvironment("Site", web.GetEndpoint("http"))
                    .PublishAsFargateService(service => service.WithRoute("/api/*"));
            })
        ).Template();
        Assert.Contains(
            "Sub https://${Distribution.DomainName}",
            template["ApiTaskDefinition"].Properties.Show(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("npm", "npm ci", "npm run build -- --mode test")]
    [InlineData("pnpm", "pnpm install --frozen-lockfile", "pnpm run build -- --mode test")]
    [InlineData("yarn", "yarn install --frozen-lockfile", "yarn run build --mode test")]
    public async Task The_application_s_own_package_manager_builds(string manager, string install, string command)
    {
        var publication = await SiteAsync(builder => builder.AddViteApp("web", "web", manager, "--mode", "test").PublishAsStaticSite());
        var build = Assert.IsType<LocalBuild>(Assert.Single(publication.Application.Sites).Build);
        Assert.Equal((install, command, "dist"), ($"{build.Install}", $"{build.Command}", build.Output));
    }

    [Fact]
    public async Task What_a_project_leaves_is_a_site_too()
    {
        var publication = await SiteAsync(builder =>
            builder
                .AddWeb("blazor")
                .PublishAsStaticSite(site => site.BuildWith("dotnet", "publish", "-o", "bin/site").OutputFolder = "bin/site/wwwroot")
        );
        var build = Assert.IsType<LocalBuild>(Assert.Single(publication.Application.Sites).Build);
        Assert.EndsWith("no-such-directory", build.Folder, StringComparison.Ordinal);
        Assert.Equal(("dotnet publish -o bin/site", "bin/site/wwwroot", null), ($"{build.Command}", build.Output, build.Install));
        Assert.Empty(publication.Application.Services);
    }

    [Fact]
    public async Task A_container_that_builds_is_told_the_variables_too()
    {
        var publication = await SiteAsync(builder =>
            builder.AddViteApp("web", "web").WithEnvironment("VITE_TITLE", "Shop").PublishAsStaticSite(site => site.BuildInContainer = true)
        );
        var build = Assert.IsType<ContainerBuild>(Assert.Single(publication.Application.Sites).Build);
        Assert.Equal("/app/dist", build.Output);
        Assert.Contains("FROM scratch\nARG VITE_TITLE\n", build.Image.Dockerfile, StringComparison.Ordinal);
        Assert.Equal(new Text("Shop"), build.Image.Arguments.Single(argument => argument.Name == "VITE_TITLE").Value);
    }

    [Fact]
    public async Task A_front_end_without_the_call_is_as_before_and_the_line_is_said()
    {
        var publication = await SiteAsync(builder => builder.AddViteApp("web", "web"));
        Assert.Empty(publication.Application.Sites);
        Assert.Contains(".PublishAsStaticSite()", publication.Notices("web"), StringComparison.Ordinal);
        Assert.Contains(
            "a program that serves, such as one of Node.js: .PublishAsPackageScript",
            publication.Notices("web"),
            StringComparison.Ordinal
        );
        Assert.Empty(publication.Template().OfType("AWS::CloudFront::Distribution"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_name()
    {
        Assert.Contains(
            "'web' is a static site (PublishAsStaticSite), which CloudFront serves, and 'shop' has none. Add .WithCloudFront()",
            await Published.RefusalAsync(builder => builder.AddViteApp("web", "web").PublishAsStaticSite()),
            StringComparison.Ordinal
        );
        await RefusedAsync("VITE_KEY of 'web' holds the secret 'stripe'", builder =>
            builder.AddViteApp("web", "web").WithEnvironment("VITE_KEY", builder.AddParameter("stripe", secret: true)).PublishAsStaticSite()
        );
        await RefusedAsync(
            "VITE_API of 'web' is an address of 'api', which browsers do not reach: its endpoint 'http' is internal",
            builder =>
                builder
                    .AddViteApp("web", "web")
                    .WithEnvironment("VITE_API", builder.AddWeb("api").GetEndpoint("http"))
                    .PublishAsStaticSite()
        );
        await RefusedAsync("VITE_API of 'web' is an address of 'api', which has one that AWS makes up", builder =>
            builder
                .AddViteApp("web", "web")
                .WithEnvironment("VITE_API", builder.AddWeb("api").WithExternalHttpEndpoints().GetEndpoint("http"))
                .PublishAsStaticSite()
        );
        await RefusedAsync("'web' has the host 'www.example.com', and without a domain CloudFront answers to the name alone", builder =>
            builder.AddViteApp("web", "web").PublishAsStaticSite(site => site.Host = "www.example.com")
        );
        await RefusedAsync("'web' has an option that cannot be: 'www' is no name of a host", builder =>
            builder.AddViteApp("web", "web").PublishAsStaticSite(site => site.Host = "www")
        );
        await RefusedAsync("'web' is to be a static site, and nothing says how its files are built", builder =>
            builder.AddExecutable("web", "node", ".").PublishAsStaticSite()
        );
        await RefusedAsync("'web' has its files built in a container, and nothing says where they are", builder =>
            builder.AddDockerfile("web", "web").PublishAsStaticSite()
        );
        await RefusedAsync("'web' is both files (PublishAsStaticSite) and what runs (PublishAsFargateService)", builder =>
            builder.AddDockerfile("web", "web").PublishAsFargateService(_ => { }).PublishAsStaticSite()
        );
    }

    private static Task<Hosting.Fargate.Publishing.Publication> SiteAsync(Action<IDistributedApplicationBuilder> model) =>
        Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            model(builder);
        });

    private static async Task RefusedAsync(string text, Action<IDistributedApplicationBuilder> model) =>
        Assert.Contains(
            text,
            await Published.RefusalAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithCloudFront();
                model(builder);
            }),
            StringComparison.Ordinal
        );
}
