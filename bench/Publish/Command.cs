using System.ComponentModel;
using System.Diagnostics;

namespace Bench.Publish;

/// <summary>A program to start, as a person would.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Program">Its file.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record Command(string Name, string Program, params string[] Arguments)
{
    public string Folder { get; init; } = Environment.CurrentDirectory;

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>From start to exit.</summary>
    /// <exception cref="CommandFailedException">It cannot be started, or does not exit with 0.</exception>
    public async Task<TimeSpan> RunAsync()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in Variables)
            start.Environment[variable] = value;
        var began = Stopwatch.GetTimestamp();
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(began);
        if (process.ExitCode != 0)
        {
            throw new CommandFailedException($"{Name} ended with exit code {process.ExitCode}:\n{await output}{await errors}");
        }

        return elapsed;
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new CommandFailedException($"{Name} cannot be started: {missing.Message}");
        }
    }
}

internal sealed class CommandFailedException(string message) : Exception(message);
