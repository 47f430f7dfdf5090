namespace Hosting.Fargate.Tests.Publishing;

/// <summary>
/// A small set of rows in which any two values of two dimensions meet, unless they may not. Greedy, and the same each time: the next row is
/// the one of some candidates in which the most pairs meet for the first time.
/// </summary>
internal sealed class AllPairs
{
    private const int Candidates = 100;
    private const int None = -1;

    private readonly IReadOnlyList<int> _sizes;
    private readonly Func<int[], bool> _isAllowed;
    private readonly HashSet<Pair> _missing = [];
    private readonly int[] _starts;
    private readonly bool[,] _isMissing;
    private readonly Random _random = new(1);

    private AllPairs(IReadOnlyList<int> sizes, Func<int[], bool> isAllowed)
    {
        _sizes = sizes;
        _isAllowed = isAllowed;
        _missing.UnionWith(All(sizes));
        _starts = [.. sizes.Select((_, dimension) => sizes.Take(dimension).Sum())];
        _isMissing = new bool[sizes.Sum(), sizes.Sum()];
        foreach (var pair in _missing)
        {
            Set(pair, true);
        }
    }

    /// <summary>Two values of two dimensions, the lower dimension first.</summary>
    public readonly record struct Pair(int Dimension, int Value, int OtherDimension, int OtherValue);

    /// <param name="sizes">How many values each dimension has.</param>
    /// <param name="isAllowed">Whether values go together; a dimension that is not chosen yet has -1.</param>
    /// <returns>The rows, and the pairs that no row can have.</returns>
    public static (IReadOnlyList<int[]> Rows, IReadOnlyList<Pair> Impossible) Cover(IReadOnlyList<int> sizes, Func<int[], bool> isAllowed)
    {
        var pairs = new AllPairs(sizes, isAllowed);
        List<int[]> rows = [];
        List<Pair> impossible = [];
        while (pairs._missing.Count > 0)
        {
            if (pairs.NextRow() is { } row)
            {
                rows.Add(row);
                foreach (var pair in PairsOf(row))
                {
                    pairs.Remove(pair);
                }
            }
            else
            {
                impossible.Add(pairs._missing.First());
                pairs.Remove(impossible[^1]);
            }
        }

        return (rows, impossible);
    }

    public static IEnumerable<Pair> All(IReadOnlyList<int> sizes) =>
        from dimension in Enumerable.Range(0, sizes.Count)
        from other in Enumerable.Range(dimension + 1, sizes.Count - dimension - 1)
        from value in Enumerable.Range(0, sizes[dimension])
        from otherValue in Enumerable.Range(0, sizes[other])
        select new Pair(dimension, value, other, otherValue);

    public static IEnumerable<Pair> PairsOf(int[] row) =>
        from dimension in Enumerable.Range(0, row.Length)
        from other in Enumerable.Range(dimension + 1, row.Length - dimension - 1)
        select new Pair(dimension, row[dimension], other, row[other]);

    /// <summary>A row with the first missing pair; null where there can be none.</summary>
    private int[]? NextRow()
    {
        var first = _missing.First();
        int[]? best = null;
        var most = 0;
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            if (Candidate(first) is { } row && Count(row) is var count && count > most)
            {
                (best, most) = (row, count);
            }
        }

        return best;
    }

    private int[]? Candidate(Pair pair)
    {
        var row = Enumerable.Repeat(None, _sizes.Count).ToArray();
        row[pair.Dimension] = pair.Value;
        row[pair.OtherDimension] = pair.OtherValue;
        if (!_isAllowed(row))
        {
            return null;
        }

        var order = Enumerable.Range(0, _sizes.Count).Where(dimension => row[dimension] == None).ToArray();
        _random.Shuffle(order);
        foreach (var dimension in order)
        {
            var values = Enumerable.Range(0, _sizes[dimension]).Where(value => IsAllowed(row, dimension, value)).ToArray();
            if (values.Length == 0)
            {
                return null;
            }

            _random.Shuffle(values);
            row[dimension] = values.MaxBy(value => Gain(row, dimension, value));
        }

        return row;
    }

    private bool IsAllowed(int[] row, int dimension, int value)
    {
        row[dimension] = value;
        var isAllowed = _isAllowed(row);
        row[dimension] = None;
        return isAllowed;
    }

    /// <summary>How many missing pairs are in a row.</summary>
    private int Count(int[] row) => Enumerable.Range(0, row.Length).Sum(dimension => Gain(row, dimension, row[dimension])) / 2;

    /// <summary>How many missing pairs a value makes with those that are chosen.</summary>
    private int Gain(int[] row, int dimension, int value)
    {
        var (gain, place) = (0, _starts[dimension] + value);
        for (var other = 0; other < row.Length; other++)
        {
            if (other != dimension && row[other] != None && _isMissing[place, _starts[other] + row[other]])
            {
                gain++;
            }
        }

        return gain;
    }

    private void Remove(Pair pair)
    {
        _missing.Remove(pair);
        Set(pair, false);
    }

    private void Set(Pair pair, bool isMissing)
    {
        var (one, other) = (_starts[pair.Dimension] + pair.Value, _starts[pair.OtherDimension] + pair.OtherValue);
        _isMissing[one, other] = _isMissing[other, one] = isMissing;
    }
}
