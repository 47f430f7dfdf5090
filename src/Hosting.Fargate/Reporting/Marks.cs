using System.Globalization;

namespace Hosting.Fargate.Reporting;

/// <summary>How a line begins and ends that says how something went. Colour is for what is seen at a glance, and never needed.</summary>
internal static class Marks
{
    public const char Done = '✓';
    public const char Failed = '✗';

    private const string Careful = "CAREFUL";
    private const int TitleWidth = 22;
    private const int OutcomeWidth = 24;

    /// <summary><c>✓ foundation            unchanged               0.3s</c>.</summary>
    public static string Line(ConsoleReporter reporter, char mark, string title, string? outcome, long begun)
    {
        var text = $"{title.PadRight(TitleWidth)}{(outcome ?? "").PadRight(OutcomeWidth)}";
        return $"{Colored(mark, reporter.Console.HasColors)} {text}{(text.EndsWith(' ') ? "" : "  ")}{Duration(reporter.Time.GetElapsedTime(begun))}";
    }

    public static string Warning(bool colors) => colors ? "\e[33m!\e[0m" : "!";

    /// <summary>A line that a verb prints: what it begins with to be seen at a glance has its colour.</summary>
    public static string Colored(string line, bool colors) =>
        !colors ? line
        : line.StartsWith(Careful, StringComparison.Ordinal) ? $"\e[33m{Careful}\e[0m{line[Careful.Length..]}"
        : line is [Done or Failed, ..] ? Colored(line[0], colors) + line[1..]
        : line;

    /// <summary>Seconds, or minutes and seconds: <c>0.3s</c>, <c>2m 48s</c>.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalSeconds < 59.95
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)Math.Round(time.TotalSeconds) / 60}m {(int)Math.Round(time.TotalSeconds) % 60:00}s"
            );

    private static string Colored(char mark, bool colors) =>
        !colors ? $"{mark}"
        : mark == Done ? $"\e[32m{mark}\e[0m"
        : $"\e[31m{mark}\e[0m";
}
