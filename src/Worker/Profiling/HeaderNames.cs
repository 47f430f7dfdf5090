using System.Buffers;
using System.Text;
using Worker.Profiling.Records;

namespace Worker.Profiling;

/// <summary>Gives each column a name of its own.</summary>
internal static class HeaderNames
{
    /// <summary>As much of a name as is kept.</summary>
    public static string Text(RecordBlock block, Field field)
    {
        if (field.Length == Field.Long)
            return Cut(block.LongFields[field.Start].Beginning);
        var repaired = new ArrayBufferWriter<byte>();
        Utf8Text.Repair(block[field], repaired);
        return Cut(repaired.WrittenSpan);

        static string Cut(ReadOnlySpan<byte> name) =>
            Encoding.UTF8.GetString(Utf8Text.Cut(name, SketchSizes.ValueCharacters, SketchSizes.ValueBytes));
    }

    /// <summary>As much of a name as a column may keep.</summary>
    public static string Cut(string name, int maxBytes) =>
        name.Length <= maxBytes / 3
            ? name
            : Encoding.UTF8.GetString(Utf8Text.Cut(Encoding.UTF8.GetBytes(name), SketchSizes.ValueCharacters, maxBytes));

    /// <summary>An empty name becomes <c>column 3</c>, the second <c>name</c> becomes <c>name (2)</c>.</summary>
    public static string[] From(IReadOnlyList<string> header)
    {
        var names = new string[header.Count];
        // A name that the file itself gives is never taken by one that is made here.
        var taken = new HashSet<string>(header, StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var lastNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var isEmpty = header[i].Length == 0;
            var wanted = isEmpty ? $"column {i + 1}" : header[i];
            var isFree = isEmpty ? taken.Add(wanted) : written.Add(wanted);
            names[i] = isFree ? wanted : Numbered(wanted);
        }
        return names;

        string Numbered(string name)
        {
            var number = lastNumbers.GetValueOrDefault(name, 1);
            string numbered;
            do numbered = $"{name} ({++number})";
            while (!taken.Add(numbered));
            lastNumbers[name] = number;
            return numbered;
        }
    }
}
