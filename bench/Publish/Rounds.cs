using System.Diagnostics;

namespace Bench.Publish;

internal static class Rounds
{
    private const int Enough = 7;

    /// <summary>
    /// The median of each command: in turns, so that what else the machine does falls on all alike, after one that is not counted.
    /// </summary>
    /// <param name="asked">How many rounds; null for as many as the time has.</param>
    /// <param name="time">When no further round begins.</param>
    /// <param name="commands">What is measured.</param>
    public static async Task<(List<(Command Command, TimeSpan Median)> Medians, int Rounds)> MeasureAsync(
        int? asked,
        TimeSpan time,
        IReadOnlyList<Command> commands
    )
    {
        var elapsed = commands.ToDictionary(command => command, _ => new List<TimeSpan>());
        var watch = Stopwatch.StartNew();
        var rounds = 0;
        for (var round = 0; round <= 1 || (asked is { } count ? round <= count : round <= Enough && watch.Elapsed < time); round++)
        {
            rounds = round;
            foreach (var command in commands)
            {
                var took = await command.RunAsync();
                if (round > 0)
                    elapsed[command].Add(took);
            }
        }

        return ([.. commands.Select(command => (command, Median(elapsed[command])))], rounds);
    }

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }
}
