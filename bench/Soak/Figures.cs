using System.Collections.Concurrent;

/// <summary>What was seen. Its printing is the end of the run.</summary>
internal sealed class Figures
{
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _slowest = new();
    private readonly ConcurrentQueue<string> _faults = [];
    private long _bytes;

    public bool HasFaults => !_faults.IsEmpty;

    public void Answered(string what, int status, TimeSpan time)
    {
        _answers.AddOrUpdate($"{what} {status}", 1, (_, count) => count + 1);
        _slowest.AddOrUpdate(what, time, (_, slowest) => time > slowest ? time : slowest);
    }

    public void Sent(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Fault(string what)
    {
        _faults.Enqueue(what);
        Console.WriteLine($"FAULT: {what}");
    }

    public void Print()
    {
        foreach (var (what, count) in _answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
            Console.WriteLine($"{what, -40}{count, 10:N0}");
        foreach (var (what, time) in _slowest.OrderBy(slowest => slowest.Key, StringComparer.Ordinal))
            Console.WriteLine($"{"slowest " + what, -40}{time.TotalSeconds, 10:N1} s");
        Console.WriteLine($"{"sent", -40}{_bytes / 1e6, 10:N0} MB");
        Console.WriteLine($"{"faults", -40}{_faults.Count, 10:N0}");
        foreach (var fault in _faults.GroupBy(fault => fault.Split(':')[0]))
            Console.WriteLine($"  {fault.Count(), 6:N0} x {fault.First()}");
    }
}
