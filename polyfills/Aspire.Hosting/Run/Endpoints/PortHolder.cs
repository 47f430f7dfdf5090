using System.Globalization;

namespace Aspire.Hosting.Run.Endpoints;

/// <summary>Which process listens on a port. Known on Linux only, and only for processes that this one may look at.</summary>
internal sealed record PortHolder(int ProcessId, string Name)
{
    private const string Listening = "0A";

    /// <summary>The process that listens on a TCP port, or nothing where that cannot be told.</summary>
    public static PortHolder? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listening && LocalPort(fields[1]) == port)
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet();
        if (sockets.Count == 0)
        {
            return null;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && OpenFiles(folder).Any(sockets.Contains))
            {
                return new PortHolder(processId, ReadName(folder));
            }
        }
        return null;
    }

    private static int LocalPort(string address) =>
        int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // Processes come and go while /proc is read, and those of other users are closed to us.
    private static List<string> OpenFiles(string processFolder)
    {
        var targets = new List<string>();
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(processFolder, "fd")))
            {
                if (new FileInfo(file).LinkTarget is { } target)
                {
                    targets.Add(target);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return targets;
        }
        return targets;
    }

    private static string ReadName(string processFolder)
    {
        try
        {
            var commandLine = File.ReadAllText(Path.Combine(processFolder, "cmdline")).TrimEnd('\0').Replace('\0', ' ');
            return commandLine.Length > 80 ? commandLine[..80] + "…" : commandLine;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
