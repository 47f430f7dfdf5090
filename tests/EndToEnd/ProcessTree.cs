using System.Globalization;

namespace EndToEnd;

/// <summary>
/// Processes by their parents, read from <c>/proc</c>. The orchestrator starts a project as <c>dotnet run</c>, which starts the
/// project's own process: that one has no child of its own.
/// </summary>
internal static class ProcessTree
{
    public static void SkipWhereUnreadable()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Processes are found through /proc, which only Linux has.");
    }

    /// <summary>Those below a process that have started no other.</summary>
    public static IReadOnlyList<int> LeavesOf(int ancestor)
    {
        var children = Parents().ToLookup(process => process.Parent, process => process.Id);
        return children.Contains(ancestor) ? [.. Leaves(ancestor)] : [];

        IEnumerable<int> Leaves(int process) => children.Contains(process) ? children[process].SelectMany(Leaves) : [process];
    }

    /// <summary>Those that carry a text in their environment: what they start inherits it.</summary>
    public static List<int> Marked(string mark)
    {
        var found = new List<int>();
        foreach (var id in Ids())
        {
            if (Read($"/proc/{id}/environ") is { } environment && environment.Contains(mark, StringComparison.Ordinal))
                found.Add(id);
        }

        return found;
    }

    /// <summary>A variable of a process's environment.</summary>
    public static string? VariableOf(int process, string name) =>
        Read($"/proc/{process}/environ")
            ?.Split('\0')
            .FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))
            ?[(name.Length + 1)..];

    /// <summary>The name of a process's program, without its folder.</summary>
    public static string? ProgramOf(int process) => Read($"/proc/{process}/cmdline")?.Split('\0')[0].Split('/')[^1];

    private static IEnumerable<int> Ids() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0);

    private static IEnumerable<(int Id, int Parent)> Parents()
    {
        foreach (var id in Ids())
        {
            // "pid (program) state parent …"; a zombie has ended.
            if (Read($"/proc/{id}/stat")?.Split(") ")[^1].Split(' ') is [not "Z", var parent, ..])
                yield return (id, int.Parse(parent, CultureInfo.InvariantCulture));
        }
    }

    // Null where the process ended while we looked, or is somebody else's.
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
