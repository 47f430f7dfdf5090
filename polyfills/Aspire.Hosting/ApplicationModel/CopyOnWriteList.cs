using System.Collections;
using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A list whose readers never see a change under their feet.</summary>
internal sealed class CopyOnWriteList<T> : IList<T>
{
    private ImmutableList<T> _items = [];

    public int Count => _items.Count;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => _items[index];
        set => ImmutableInterlocked.Update(ref _items, items => items.SetItem(index, value));
    }

    public void Add(T item) => ImmutableInterlocked.Update(ref _items, items => items.Add(item));

    public void Clear() => ImmutableInterlocked.Update(ref _items, _ => []);

    public bool Contains(T item) => _items.Contains(item);

    public void CopyTo(T[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public int IndexOf(T item) => _items.IndexOf(item);

    public void Insert(int index, T item) => ImmutableInterlocked.Update(ref _items, items => items.Insert(index, item));

    /// <summary>Inserts at <paramref name="index"/>, or at the end of a list that has become shorter.</summary>
    public void InsertAtMost(int index, T item) =>
        ImmutableInterlocked.Update(ref _items, items => items.Insert(Math.Min(index, items.Count), item));

    public bool Remove(T item) => ImmutableInterlocked.Update(ref _items, items => items.Remove(item));

    public void RemoveAt(int index) => ImmutableInterlocked.Update(ref _items, items => items.RemoveAt(index));

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
