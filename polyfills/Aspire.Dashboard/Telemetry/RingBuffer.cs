using System.Collections;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Keeps the last items, up to a number; it grows as they come. Not safe for several threads.</summary>
internal sealed class RingBuffer<T>(int capacity) : IReadOnlyCollection<T>
{
    private readonly Queue<T> _items = new();

    public int Count => _items.Count;

    public void Add(T item)
    {
        if (_items.Count == capacity)
        {
            _items.Dequeue();
        }

        _items.Enqueue(item);
    }

    /// <summary>Lets the oldest item go, where there is one.</summary>
    public void RemoveOldest() => _items.TryDequeue(out _);

    public void Clear() => _items.Clear();

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
