using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Images;
using Hosting.Fargate.Tests.Publishing;
using Hosting.Fargate.Tests.Publishing.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What takes an engine is named before anything is done where there is none, with what to install.</summary>
public sealed class EngineProblemTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Without_an_engine_each_image_that_takes_one_is_named_with_what_to_install()
    {
        var problems = await FindAsync(engine: null);

        Assert.Equal(4, problems.Length);
        Assert.Contains(problems, problem =>
            problem.StartsWith(
                "The image of 'api' has the files of 'frontend' in it, whose image is built for it: that takes Docker or Podman",
                StringComparison.Ordinal
            )
        );
        Assert.Contains(problems, problem =>
            problem.StartsWith(
                "The image of 'db' is 'library/postgres:17.6' with files of the model on top, and is built: ",
                StringComparison.Ordinal
            )
        );
        Assert.Contains(problems, problem =>
            problem.StartsWith("The image of 'site' is built from a Dockerfile: ", StringComparison.Ordinal)
        );
        Assert.Contains(problems, problem =>
            problem.StartsWith("The image of 'tool' is built from a Dockerfile: ", StringComparison.Ordinal)
        );
        Assert.All(problems, problem =>
            Assert.EndsWith("neither is on PATH. Install one (apt-get install docker.io, or podman).", problem, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_said_with_what_it_says()
    {
        var problems = await FindAsync(Program("echo Cannot connect to the daemon. >&2; exit 1"));

        Assert.Contains(
            "The image of 'site' is built from a Dockerfile: docker is on PATH, and its engine does not answer: Cannot connect to the daemon. Start it, or say where it is (DOCKER_HOST).",
            problems
        );
    }

    [Fact]
    public async Task Docker_without_what_a_Dockerfile_takes_is_said_and_with_it_is_not()
    {
        var problems = await FindAsync(
            Program("[ \"$1\" = info ] || echo 'ERROR: BuildKit is enabled but the buildx component is missing or broken.'")
        );
        Assert.Contains(
            "this docker has no buildx. Install it",
            Assert.Single(problems, problem => problem.Contains("'site'", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Empty(await FindAsync(Program("exit 0")));
    }

    private async Task<string[]> FindAsync(ContainerEngine? engine)
    {
        var published = await _checkout.PublishAsync(builder =>
        {
            builder.AddWeb("api").PublishWithContainerFiles(builder.AddFrontend("frontend", "../frontend"), "wwwroot");
            builder
                .AddPostgres("db")
                .WithContainerFiles("/docker-entrypoint-initdb.d", [new ContainerFile { Name = "a.sql", Contents = "a" }]);
            builder
                .AddContainer("site", "placeholder")
                .WithDockerfileFactory("../site", _ => "FROM scratch\nRUN --mount=type=cache,target=/var/cache/npm npm ci\n");
            builder.AddDockerfile("tool", "../tool");
            builder.AddWorker("worker");
            builder.AddContainer("cache", "redis", "8.2");
        });
        return [.. await EngineProblems.FindAsync(published.Application, engine, TestContext.Current.CancellationToken)];
    }

    private ContainerEngine Program(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for docker is a shell script.");
        var path = _checkout.Write("bin/docker", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new ContainerEngine("docker", path);
    }
}
