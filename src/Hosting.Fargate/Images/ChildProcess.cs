using System.ComponentModel;
using System.Diagnostics;

namespace Hosting.Fargate.Images;

/// <summary>A program that is run to its end. Where the caller gives up, it ends with all that it started.</summary>
internal sealed record ChildProcess(string Program, IReadOnlyList<string> Arguments)
{
    public string? Folder { get; init; }

    /// <summary>
    /// Variables beside those of this process that are passed on; null takes one away. Credentials go here: arguments are there for all to
    /// read.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it may act in AWS as this process may: an engine's and a registry's own helpers have to.</summary>
    public bool ActsInAws { get; init; }

    /// <summary>What it reads from its standard input.</summary>
    public string Input { get; init; } = "";

    /// <exception cref="Win32Exception">There is no such program.</exception>
    public async Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    )
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => IsHeld(name) || (!ActsInAws && IsKey(name))).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var stopping = cancellationToken.Register(() => Kill(process));
        List<string> lines = [];
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        try
        {
            await process.StandardInput.WriteAsync(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading what it was given; its exit code and lines say why.
        }

        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        await reading;
        return (process.ExitCode, lines);

        async Task ReadAsync(StreamReader output)
        {
            while (await output.ReadLineAsync(CancellationToken.None) is { } line)
            {
                lock (lines)
                {
                    lines.Add(line);
                    onLine?.Invoke(line);
                }
            }
        }
    }

    /// <summary>
    /// Whether a variable is passed on to nothing. The values of the model's parameters and connection strings, and the keys to AWS, are
    /// nothing to a build: it runs what packages bring along, and what it leaves running, such as the compiler's server, would keep them.
    /// </summary>
    public static bool IsHeld(string name) =>
        name.StartsWith("Parameters__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase);

    private static bool IsKey(string name) => name is "AWS_SECRET_ACCESS_KEY" or "AWS_SESSION_TOKEN";

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
