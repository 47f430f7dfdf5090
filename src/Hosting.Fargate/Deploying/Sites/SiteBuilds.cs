using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using Hosting.Fargate.Application;
using Hosting.Fargate.Images;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>Builds the files of sites: in the application's own folder with its own programs, or in a container.</summary>
/// <param name="folder">Where deploy keeps what it makes.</param>
/// <param name="valueOf">The values of parameters.</param>
/// <param name="logger">Takes lines for a person.</param>
/// <param name="time">The clock by which is waited for another build.</param>
internal sealed class SiteBuilds(string folder, Func<string, string?> valueOf, ILogger logger, TimeProvider time)
{
    private const int ShownLines = 30;

    /// <summary>By which it is known whether packages have to be installed again.</summary>
    private static readonly string[] s_locks =
    [
        "package-lock.json",
        "npm-shrinkwrap.json",
        "pnpm-lock.yaml",
        "yarn.lock",
        "bun.lock",
        "bun.lockb",
    ];

    /// <exception cref="SiteException">A build failed, or left no files.</exception>
    public async Task<IReadOnlyList<BuiltSite>> BuildAsync(IEnumerable<Site> sites, CancellationToken cancellationToken)
    {
        using var exclusive = await BuildLock.TakeAsync(folder, logger, time, cancellationToken);
        List<BuiltSite> built = [];
        foreach (var site in sites)
        {
            logger.LogInformation(
                "{Site}: building its files by {Command}",
                site.Name,
                site.Build is LocalBuild shown ? shown.Command : "Docker or Podman"
            );
            built.Add(
                await BuiltSite.ReadAsync(
                    site,
                    site.Build switch
                    {
                        LocalBuild local => await LocallyAsync(site, local, cancellationToken),
                        ContainerBuild container => await InContainerAsync(site, container, cancellationToken),
                        var build => throw new InvalidOperationException($"{build.GetType().Name} is no kind of build."),
                    },
                    cancellationToken
                )
            );
        }

        return built;
    }

    /// <summary>Programs of local builds that are not on PATH, in words.</summary>
    public static IEnumerable<string> Missing(IEnumerable<Site> sites) =>
        from site in sites
        let local = site.Build as LocalBuild
        where local is not null
        from program in new[] { local.Install?.Program, local.Command.Program }.OfType<string>().Distinct(StringComparer.Ordinal)
        where Find(program) is null
        select $"The files of '{site.Name}' are built by '{local.Command}', and {program} is not on PATH. Install it, or have a container "
            + "build them: .PublishAsStaticSite(site => site.BuildInContainer = true).";

    private async Task<string> LocallyAsync(Site site, LocalBuild build, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(build.Folder))
        {
            throw new SiteException($"The folder of '{site.Name}' is not there: {build.ShownFolder}, from that of the AppHost.");
        }

        if (build.Install is { } install)
        {
            await InstallAsync(site, build, install, cancellationToken);
        }

        await RunAsync(
            site,
            build,
            build.Command,
            site.Variables.ToDictionary(
                variable => variable.Name,
                variable => (string?)BuildParameters.ValueOf(variable.Value, valueOf),
                StringComparer.Ordinal
            ),
            cancellationToken
        );
        return Path.Combine(build.Folder, build.Output);
    }

    /// <summary>
    /// Packages are installed where those that are there were installed by another list. What builds is among those for development.
    /// </summary>
    private async Task InstallAsync(Site site, LocalBuild build, SiteCommand install, CancellationToken cancellationToken)
    {
        var mark = Path.Combine(folder, "sites", $"{site.Name}.installed");
        var wanted = await WantedPackagesAsync(build, install, cancellationToken);
        if (
            wanted is not null
            && Directory.Exists(Path.Combine(build.Folder, "node_modules"))
            && File.Exists(mark)
            && await File.ReadAllTextAsync(mark, cancellationToken) == wanted
        )
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
        File.Delete(mark);
        await RunAsync(site, build, install, new Dictionary<string, string?> { ["NODE_ENV"] = null }, cancellationToken);
        if (wanted is not null)
        {
            await File.WriteAllTextAsync(mark, wanted, cancellationToken);
        }
    }

    /// <summary>The hash of what says which packages there are to be; null where nothing here says it, as in a workspace.</summary>
    private static async Task<string?> WantedPackagesAsync(LocalBuild build, SiteCommand install, CancellationToken cancellationToken)
    {
        string[] files = [.. s_locks.Select(name => Path.Combine(build.Folder, name)).Where(File.Exists)];
        if (files.Length == 0)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{build.Folder} {install}"));
        foreach (var file in files.Append(Path.Combine(build.Folder, "package.json")).Where(File.Exists))
        {
            hash.AppendData(await File.ReadAllBytesAsync(file, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static async Task RunAsync(
        Site site,
        LocalBuild build,
        SiteCommand command,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken
    )
    {
        var program = Find(command.Program) ?? throw new SiteException(Missing([site]).First());
        try
        {
            var (exitCode, lines) = await new ChildProcess(program, command.Arguments)
            {
                Folder = build.Folder,
                Environment = environment,
            }.RunAsync(cancellationToken);
            if (exitCode != 0)
            {
                throw new SiteException(
                    $"The files of '{site.Name}' are not built: {command} in {build.ShownFolder} ended with {exitCode}:\n"
                        + string.Join('\n', lines.TakeLast(ShownLines).Select(line => $"  | {line}"))
                );
            }
        }
        catch (Win32Exception exception)
        {
            throw new SiteException($"The files of '{site.Name}' are not built: {command} does not start: {exception.Message}");
        }
    }

    private async Task<string> InContainerAsync(Site site, ContainerBuild build, CancellationToken cancellationToken)
    {
        var destination = Path.Combine(folder, "sites", site.Name);
        if (Directory.Exists(destination))
        {
            Directory.Delete(destination, recursive: true);
        }

        Directory.CreateDirectory(destination);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var images = new EngineImages(
            Path.Combine(folder, "images"),
            valueOf,
            new BaseImages(http, new Dictionary<string, RegistryCredentials>()),
            logger
        );
        try
        {
            var image = await images.IdentifyAsync(build.Image, cancellationToken);
            var problems = await new EngineBuilds().CopyAsync(image, build.Output, destination, cancellationToken);
            return problems.Count == 0
                ? destination
                : throw new SiteException($"The files of '{site.Name}' are not built: {string.Join("\n  | ", problems)}");
        }
        catch (DockerfileException exception)
        {
            throw new SiteException($"The files of '{site.Name}' are not built: {exception.Message}.");
        }
    }

    /// <summary>A program on PATH, as a shell of this machine would find it: npm is <c>npm.cmd</c> on Windows.</summary>
    private static string? Find(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar))
        {
            return program;
        }

        string[] endings = OperatingSystem.IsWindows()
            ? (System.Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD").Split(';')
            : [""];
        return (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(path => endings.Select(ending => Path.Combine(path, program + ending)))
            .FirstOrDefault(File.Exists);
    }
}
