using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Hosting.Fargate.Images;

/// <summary>
/// The state of all that projects are built from: of each checkout that they are in the commit, what differs from it and what git ignores,
/// the files above it that MSBuild looks for, the SDKs that are there, and the variables that a build sees, with the files that those name.
/// A build of the same state is not done again. What is in a checkout and none of theirs changes it too: that costs a build which has
/// little to do, and never leaves out one that has.
/// </summary>
internal static class SourceState
{
    /// <summary>So many ignored files are looked at; a checkout with more of them is built each time.</summary>
    private const int MostIgnored = 20_000;

    /// <summary>What is in such a folder is made by a build, or by a package manager from files that git has.</summary>
    private static readonly HashSet<string> s_made = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git",
        ".idea",
        ".localaws",
        ".vs",
        ".vscode",
        "artifacts",
        "bin",
        "node_modules",
        "obj",
        "TestResults",
    };

    /// <summary>
    /// What MSBuild, NuGet and the compiler look for in the folders above a project:
    /// https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory.
    /// </summary>
    private static readonly string[] s_above =
    [
        ".editorconfig",
        ".globalconfig",
        "Directory.Build.props",
        "Directory.Build.rsp",
        "Directory.Build.targets",
        "Directory.Packages.props",
        "global.json",
        "NuGet.Config",
        "NuGet.config",
        "nuget.config",
    ];

    /// <summary>
    /// Variables that are another's in each shell or process, and that no build goes by. All others are properties to MSBuild:
    /// https://learn.microsoft.com/visualstudio/msbuild/how-to-use-environment-variables-in-a-build.
    /// </summary>
    private static readonly string[] s_passing =
    [
        "_",
        "ASPIRE_",
        "AWS_",
        "COLUMNS",
        "DOTNET_CLI_TELEMETRY_SESSIONID",
        "LINES",
        "OLDPWD",
        "PWD",
        "SHLVL",
        "SSH_",
        "TERM",
        "XDG_",
    ];

    /// <summary>The variables of this process.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(pair => KeyValuePair.Create((string)pair.Key, (string?)pair.Value ?? ""));

    /// <param name="build">What is built.</param>
    /// <param name="properties">The properties that it is built with.</param>
    /// <param name="variables">The variables of the environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The state; null where it is not known: outside of git, and with submodules.</returns>
    public static async Task<string?> OfAsync(
        ProjectBuild build,
        string properties,
        IEnumerable<KeyValuePair<string, string>> variables,
        CancellationToken cancellationToken
    )
    {
        using var hash = new ContentHash("sources");
        hash.Add(typeof(SourceState).Module.ModuleVersionId.ToString());
        hash.Add(properties);
        build.Projects.ToList().ForEach(hash.Add);
        foreach (var top in build.Projects.Select(SourceRoot.TopOf).Distinct(StringComparer.Ordinal))
        {
            if (top is null || !await AddCheckoutAsync(hash, top, cancellationToken))
            {
                return null;
            }

            AddAbove(hash, top);
        }

        foreach (var sdk in Sdks())
        {
            hash.Add(sdk);
        }

        foreach (var (name, value) in variables.Where(IsSeen).OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            hash.Add($"{name}={value}");
            if (Path.IsPathRooted(value) && new FileInfo(value) is { Exists: true } file)
            {
                hash.Add(Stamp(file));
            }
        }

        return hash.Tag;
    }

    private static async Task<bool> AddCheckoutAsync(ContentHash hash, string top, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(top, ".gitmodules")) || await StatusAsync(top, cancellationToken) is not { } entries)
        {
            return false;
        }

        hash.Add(top);
        var ignored = 0;
        foreach (var entry in entries)
        {
            // https://git-scm.com/docs/git-status#_porcelain_format_version_2
            switch (entry[0])
            {
                case '#':
                    if (entry.StartsWith("# branch.oid ", StringComparison.Ordinal))
                    {
                        hash.Add(entry);
                    }

                    break;
                case '!':
                    foreach (var file in FilesOf(Path.Combine(top, entry[2..])))
                    {
                        if (++ignored > MostIgnored)
                        {
                            return false;
                        }

                        hash.Add(Stamp(file));
                    }

                    break;
                default:
                    hash.Add(entry);
                    var path = Path.Combine(top, PathOf(entry));
                    if (File.Exists(path))
                    {
                        hash.Add(path, await File.ReadAllBytesAsync(path, cancellationToken));
                    }
                    else if (!IsDeleted(entry))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    /// <summary>What git says of a checkout; null where it says nothing.</summary>
    private static async Task<IReadOnlyList<string>?> StatusAsync(string top, CancellationToken cancellationToken)
    {
        var git = new ChildProcess(
            "git",
            ["status", "--porcelain=v2", "--branch", "--untracked-files=all", "--ignored=matching", "--no-renames", "-z"]
        )
        {
            Folder = top,
            Environment = new Dictionary<string, string?>
            {
                ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(top)),
                ["GIT_DIR"] = null,
                ["GIT_INDEX_FILE"] = null,
                ["GIT_OPTIONAL_LOCKS"] = "0",
                ["GIT_WORK_TREE"] = null,
            },
        };
        try
        {
            var (exitCode, lines) = await git.RunAsync(cancellationToken);
            return exitCode == 0 ? string.Join('\n', lines).Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string PathOf(string entry) =>
        entry[0] switch
        {
            '1' => entry.Split(' ', 9)[^1],
            'u' => entry.Split(' ', 11)[^1],
            _ => entry[2..],
        };

    private static bool IsDeleted(string entry) => entry[0] != '?' && entry[2..4].Contains('D');

    /// <summary>A file, or those of a folder that no build makes.</summary>
    private static IEnumerable<FileInfo> FilesOf(string path)
    {
        if (!Path.EndsInDirectorySeparator(path) && !path.EndsWith('/'))
        {
            return s_made.Contains(Path.GetFileName(path)) ? [] : [new FileInfo(path)];
        }

        var folder = new DirectoryInfo(path);
        return s_made.Contains(folder.Name) || !folder.Exists ? []
            : folder.LinkTarget is not null ? []
            : folder
                .EnumerateFileSystemInfos()
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .SelectMany(entry => entry is FileInfo file ? [file] : FilesOf(entry.FullName + Path.DirectorySeparatorChar));
    }

    private static void AddAbove(ContentHash hash, string top)
    {
        for (var folder = Directory.GetParent(Path.TrimEndingDirectorySeparator(top)); folder is not null; folder = folder.Parent)
        {
            foreach (var file in s_above.Select(name => new FileInfo(Path.Combine(folder.FullName, name))).Where(file => file.Exists))
            {
                hash.Add(Stamp(file));
            }
        }
    }

    private static string Stamp(FileInfo file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}");

    /// <summary>The versions of the SDK beside the runtime of this process: another one may take over from one day to the next.</summary>
    private static IEnumerable<string> Sdks() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk")) is var folder
        && Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            : [];

    private static bool IsSeen(KeyValuePair<string, string> variable) =>
        !ChildProcess.IsHeld(variable.Key)
        && !s_passing.Any(passing =>
            passing.EndsWith('_') && passing.Length > 1
                ? variable.Key.StartsWith(passing, StringComparison.Ordinal)
                : variable.Key == passing
        );
}
