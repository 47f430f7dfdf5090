using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Hosting.Fargate.Tests.Build;

/// <summary>The package that a team adds to its own AppHost.</summary>
public sealed class PackTests(PackedPackage packed) : IClassFixture<PackedPackage>
{
    [Fact]
    public async Task It_depends_on_the_official_packages_that_its_project_names_and_on_no_others()
    {
        var dependencies = (await NuspecAsync()).Descendants().Where(element => element.Name.LocalName == "dependency");
        Assert.Equal(
            PackageDeclarations
                .PackagesOf("src/Hosting.Fargate/Hosting.Fargate.csproj")
                .Order(StringComparer.Ordinal)
                .Select(id => (id, PackageDeclarations.Versions[id])),
            dependencies
                .Select(dependency => ((string)dependency.Attribute("id")!, (string)dependency.Attribute("version")!))
                .OrderBy(pair => pair.Item1, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task It_holds_its_own_assemblies_with_documentation_and_symbols_and_its_README()
    {
        using var package = await OpenAsync();
        Assert.Equal(
            [
                "AspireOnFargate.Hosting.Fargate.nuspec",
                "README.md",
                "lib/net10.0/AspireOnFargate.Hosting.Fargate.dll",
                "lib/net10.0/AspireOnFargate.Hosting.Fargate.xml",
                "lib/net10.0/Aws.CloudFormation.dll",
                "lib/net10.0/Aws.CloudFormation.xml",
                "runtimes/linux-x64/lib/net10.0/AspireOnFargate.Hosting.Fargate.dll",
                "runtimes/linux-x64/lib/net10.0/Aws.CloudFormation.dll",
            ],
            package.Entries.Select(entry => entry.FullName).Where(IsContent).Order(StringComparer.Ordinal)
        );

        foreach (var name in new[] { "Aws.CloudFormation", "AspireOnFargate.Hosting.Fargate" })
        {
            using var anywhere = await ImageAsync(package, $"lib/net10.0/{name}.dll");
            Assert.Equal(0, anywhere.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
            using var native = await ImageAsync(package, $"runtimes/linux-x64/lib/net10.0/{name}.dll");
            Assert.NotEqual(0, native.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
            foreach (var image in new[] { anywhere, native })
            {
                Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            }
        }

        using var documentation = new StreamReader(await package.GetEntry("lib/net10.0/AspireOnFargate.Hosting.Fargate.xml")!.OpenAsync());
        Assert.Contains("AddFargateEnvironment", await documentation.ReadToEndAsync());
    }

    [Fact]
    public async Task Its_description_says_what_it_is_under_which_licence_and_where_to_read_on()
    {
        var metadata = (await NuspecAsync())
            .Descendants()
            .Single(element => element.Name.LocalName == "metadata")
            .Elements()
            .ToDictionary(element => element.Name.LocalName, element => element.Value);
        Assert.Equal("AspireOnFargate.Hosting.Fargate", metadata["id"]);
        Assert.Equal("MIT", metadata["license"]);
        Assert.Equal("README.md", metadata["readme"]);
        Assert.StartsWith("aspire integration hosting ", metadata["tags"]);
        Assert.Contains("Amazon ECS on Fargate", metadata["description"]);
    }

    [Fact]
    public async Task An_AppHost_that_references_it_publishes()
    {
        await FileOfPackageAsync();
        var properties = packed.RestoreProperties().Select(property => new XElement(property.Key, property.Value));
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("Nullable", "enable"),
                new XElement("TreatWarningsAsErrors", "true"),
                new XElement("InvariantGlobalization", "true"),
                new XElement("UseAppHost", "false"),
                new XElement("OutputPath", "out"),
                properties
            ),
            new XElement(
                "ItemGroup",
                new XElement(
                    "PackageReference",
                    new XAttribute("Include", "AspireOnFargate.Hosting.Fargate"),
                    new XAttribute("Version", "*")
                )
            )
        );
        await WriteAsync("app/App.csproj", project.ToString());
        await WriteAsync(
            "app/Program.cs",
            """
            using Aspire.Hosting;
            using Hosting.Fargate;

            Console.WriteLine($"Loaded: {typeof(FargateCommandLine).Assembly.Location}");
            var builder = DistributedApplication.CreateBuilder(FargateCommandLine.Parse(args));
            builder.AddFargateEnvironment("shop").WithPrivateTasks(natGateways: 1).WithTag("team", "shop")
                .ConfigureTemplate(template => template.Description += " (changed)");
            var key = builder.AddParameter("key", secret: true);
            var jobs = builder.AddSqsQueue("jobs").WithDeadLetterQueue(maxReceives: 5);
            builder.AddContainer("web", "nginx", "1.29").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints()
                .WithEnvironment("KEY", key).WithReference(jobs, QueueAccess.Send)
                .PublishAsFargateService(service => service.Scale(minimum: 2, maximum: 10).OnCpu(percent: 60));
            builder.AddContainer("nightly", "busybox", "1.37").PublishAsFargateTask(task => task.OnSchedule("cron(0 3 * * ? *)"));
            builder.Build().Run();
            """
        );

        // Nothing above the temporary folder has a say in it.
        await WriteAsync("app/Directory.Build.props", "<Project />");
        await WriteAsync("app/Directory.Build.targets", "<Project />");
        await WriteAsync("app/Directory.Packages.props", "<Project />");
        var (exitCode, output) = await Repository.DotnetAsync(["build", packed.PathOf("app/App.csproj"), "-nologo"]);
        Assert.True(exitCode == 0, output);

        var published = packed.PathOf("published");
        (exitCode, output) = await Repository.DotnetAsync([
            packed.PathOf("app/out/net10.0/App.dll"),
            "publish",
            "--output-path",
            published,
        ]);
        Assert.True(exitCode == 0, output);
        var folder = RuntimeInformation.RuntimeIdentifier == "linux-x64" ? "out/net10.0/runtimes/linux-x64/lib/net10.0" : "out/net10.0";
        Assert.Contains($"{folder}/AspireOnFargate.Hosting.Fargate.dll", output.Replace('\\', '/'));
        var template = await File.ReadAllTextAsync(Path.Combine(published, "shop.template.yaml"));
        Assert.Contains("WebService:", template);
        Assert.Contains("(changed)", template);
        Assert.Contains("JobsQueue:", await File.ReadAllTextAsync(Path.Combine(published, "shop-foundation.template.yaml")));
    }

    private static async Task<PEReader> ImageAsync(ZipArchive package, string name)
    {
        var content = new MemoryStream();
        await using var entry = await package.GetEntry(name)!.OpenAsync();
        await entry.CopyToAsync(content, TestContext.Current.CancellationToken);
        content.Position = 0;
        return new PEReader(content);
    }

    private static bool IsContent(string name) =>
        !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal)
        && name != "[Content_Types].xml";

    private Task<string> FileOfPackageAsync()
    {
        Assert.SkipWhen(PackedPackage.SkipReason is not null, PackedPackage.SkipReason ?? "");
        return packed.FileAsync();
    }

    private async Task<ZipArchive> OpenAsync() => await ZipFile.OpenReadAsync(await FileOfPackageAsync());

    private async Task<XDocument> NuspecAsync()
    {
        using var package = await OpenAsync();
        await using var nuspec = await package.GetEntry("AspireOnFargate.Hosting.Fargate.nuspec")!.OpenAsync();
        return await XDocument.LoadAsync(nuspec, LoadOptions.None, CancellationToken.None);
    }

    private async Task WriteAsync(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(packed.PathOf(name))!);
        await File.WriteAllTextAsync(packed.PathOf(name), content);
    }
}
