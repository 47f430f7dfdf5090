namespace Bench.Publish;

internal static class Rounds
{
    /// <summary>The median of each command: in turns, so that what else the machine does falls on all alike, after one that is not counted.</summary>
    public static async Task<List<(Command Command, TimeSpan Median)>> MeasureAsync(int rounds, IReadOnlyList<Command> commands)
    {
        var elapsed = commands.ToDictionary(command => command, _ => new List<TimeSpan>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var command in commands)
            {
                var time = await command.RunAsync();
                if (round > 0)
                    elapsed[command].Add(time);
            }
        }

        return [.. commands.Select(command => (command, Median(elapsed[command])))];
    }

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }
}
