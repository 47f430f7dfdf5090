using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>Programs of this machine, which a model starts here: what is written in their place where it is published.</summary>
internal static partial class Executables
{
    /// <summary>
    /// Methods of Aspire's packages that start the same program here, and have an image of it where the model is published.
    /// </summary>
    private static readonly ImmutableArray<(string[] Commands, string Package, string Method)> s_packages =
    [
        (["npm", "npx", "pnpm", "yarn", "bun", "vite", "ng"], "JavaScript", "AddViteApp or AddJavaScriptApp"),
        (["node"], "JavaScript", "AddNodeApp"),
        (["uvicorn", "gunicorn", "hypercorn"], "Python", "AddUvicornApp"),
        (["python", "python3", "uv", "poetry", "flask", "streamlit"], "Python", "AddPythonApp"),
        (["go"], "Go", "AddGoApp"),
        (["java", "mvn", "mvnw", "gradle", "gradlew"], "Java", "AddJavaApp"),
        (["cargo"], "Rust", "AddRustApp"),
    ];

    /// <summary>What is said of one that cannot be published.</summary>
    public static string Refusal(ExecutableResource executable)
    {
        var command = NameOf(executable);
        var package = s_packages.FirstOrDefault(package => package.Commands.Contains(command, StringComparer.OrdinalIgnoreCase));
        return $"'{executable.Name}' is an executable, which runs here only. Where its folder has a Dockerfile: "
            + ".PublishAsDockerFile(). "
            + (
                package.Method is null
                    ? ""
                    : $"What '{command}' starts is an image too by {package.Method}(\"{executable.Name}\", …) of "
                        + $"Aspire.Hosting.{package.Package}. "
            )
            + "Else make it a project or a container, or leave it out: .ExcludeFromManifest()."
            + (
                command == "dotnet"
                    ? $" What 'dotnet run' starts is a project: builder.AddProject(\"{executable.Name}\", \"….csproj\"). What "
                        + "'dotnet ef' applies, a project does that the services wait for (Database.Migrate, "
                        + "WaitForCompletion), or AddEFMigrations."
                    : ""
            );
    }

    /// <summary>Refuses images that an executable of the model builds on this machine (docker build): no registry has them.</summary>
    public static async Task RefuseImagesAsync(
        DistributedApplicationModel model,
        IEnumerable<PublishedResource> published,
        Refusals refusals,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, string> built = new(StringComparer.Ordinal);
        foreach (var executable in model.Resources.OfType<ExecutableResource>().Where(executable => IsEngine(NameOf(executable))))
        {
            foreach (var tag in TagsOf(await ArgumentsOf(executable, cancellationToken)))
            {
                built[tag] = executable.Name;
            }
        }

        foreach (var resource in published)
        {
            if (PublishedResource.ImageOf(resource.Resource) is { } image && built.TryGetValue(image, out var builder))
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' runs the image '{image}', which '{builder}' builds on this machine alone: tasks on AWS find it in no "
                        + $"registry. Have deploy build and push it: builder.AddDockerfile(\"{resource.Name}\", …) with the folder of its Dockerfile, "
                        + $"in place of AddContainer and of '{builder}'."
                );
            }
        }
    }

    private static bool IsEngine(string command) => command is "docker" or "podman" or "nerdctl" or "buildah";

    /// <summary>https://docs.docker.com/reference/cli/docker/buildx/build/#tag</summary>
    private static IEnumerable<string> TagsOf(List<string> arguments)
    {
        if (!arguments.Contains("build"))
        {
            yield break;
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "-t" or "--tag" && i + 1 < arguments.Count)
            {
                yield return arguments[i + 1];
            }
            else if (arguments[i].StartsWith("--tag=", StringComparison.Ordinal))
            {
                yield return arguments[i]["--tag=".Length..];
            }
        }
    }

    /// <summary>A callback that fails here is no executable's that is published.</summary>
    private static async Task<List<string>> ArgumentsOf(ExecutableResource executable, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], executable, cancellationToken);
        foreach (var annotation in executable.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            try
            {
                await annotation.Callback(context);
            }
            catch (Exception exception) when (exception is not OperationCanceledException) { }
        }

        return [.. context.Args.OfType<string>()];
    }

    private static string NameOf(ExecutableResource executable) =>
        Extension().Replace(Path.GetFileName(executable.Command.Replace('\\', '/')), "");

    [GeneratedRegex(@"\.(?:exe|cmd|bat|sh)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Extension();
}
