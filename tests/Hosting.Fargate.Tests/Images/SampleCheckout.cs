using System.Runtime.InteropServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Images;
using Hosting.Fargate.Tests.Costs;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Tests.Images;

/// <summary>A checkout with a small program and a library, in a folder of its own, deployed to a registry of a test.</summary>
internal sealed class SampleCheckout : IDisposable
{
    private static int s_count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"checkout{new string('x', s_count++)}");
    private readonly TestEcr _ecr;

    /// <param name="ecr">The registry.</param>
    /// <param name="name">The name in the model.</param>
    /// <param name="program">The name of the project.</param>
    /// <param name="hasPage">Whether its library has a page, the full path of which gets into what is compiled of it; that takes half as
    /// long again.</param>
    public SampleCheckout(TestEcr ecr, string name = "app", string program = "App", bool hasPage = false)
    {
        (_ecr, Name, Program) = (ecr, name, program);
        ecr.Repositories.TryAdd(Repository, 0);
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        Write(
            "Library/Library.csproj",
            hasPage
                ? """
                <Project Sdk="Microsoft.NET.Sdk.Razor">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
                </Project>
                """
                : """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        if (hasPage)
        {
            Write("Library/Page.razor", "<p>@Greeting.Text</p>");
        }

        Write("Library/Greeting.cs", """namespace Library; public static class Greeting { public static string Text => "hello"; }""");
        Write($"{program}/Program.cs", """System.Console.WriteLine(Library.Greeting.Text);""");
        WriteProject();
    }

    public string Root => _folder.FullName;

    public string Name { get; }

    public string Program { get; }

    public string Repository => $"profiler/{Name}";

    public string BuildFolder => Path.Combine(Root, "obj", "images");

    public List<string> Log { get; } = [];

    public static Architecture Machine =>
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? Architecture.Arm64 : Architecture.X64;

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void WriteProject(string properties = "", string items = "") =>
        Write(
            $"{Program}/{Program}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ContainerBaseImage>{_ecr.Host}/base/runtime:10.0</ContainerBaseImage>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Library/Library.csproj" />
                {items}
              </ItemGroup>
            </Project>
            """
        );

    /// <summary>Makes a git checkout of it, where until now it only has the folder of one.</summary>
    public void Commit()
    {
        Directory.Delete(Path.Combine(Root, ".git"));
        Write(".gitignore", "bin/\nobj/\n");
        foreach (
            var arguments in new[]
            {
                "init --quiet",
                "add --all",
                "-c user.name=someone -c user.email=someone@example.com commit --quiet --message sources",
            }
        )
        {
            using var git = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = Root }
            )!;
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
        }
    }

    public Task<DeployedImage> DeployAsync(
        string? commit = null,
        CancellationToken cancellationToken = default,
        ImageDeployment? deployment = null
    ) => SingleAsync((deployment ?? Deployment()).DeployAsync(Application(), Model(), _ => null, commit, cancellationToken));

    public Task<DeployedImage> PlanAsync(ImageDeployment? deployment = null) =>
        SingleAsync((deployment ?? Deployment()).PlanAsync(Application(), Model(), _ => null, default));

    public ImageDeployment Deployment() => new(_ecr.Client, BuildFolder, new ListLogger(Log));

    public FargateApplication Application() => Applications.Of(Applications.Service(Name, architecture: Machine));

    public DistributedApplicationModel Model()
    {
        var project = new ProjectResource(Name);
        project.Annotations.Add(new SampleProject(Path.Combine(Root, Program, $"{Program}.csproj")));
        return new DistributedApplicationModel([project]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<DeployedImage> SingleAsync(Task<IReadOnlyList<DeployedImage>> images) => Assert.Single(await images);

    private sealed class SampleProject(string path) : IProjectMetadata
    {
        public string ProjectPath => path;
    }

    private sealed class ListLogger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }
    }
}
