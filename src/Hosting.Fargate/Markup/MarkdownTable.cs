using System.Text;

namespace Hosting.Fargate.Markup;

/// <summary>
/// A table that can be read before it is rendered, too: its columns stand below each other, as far as that keeps lines short.
/// </summary>
/// <param name="headers">The heads of the columns; one that begins with <c>&gt;</c> is of numbers, to the right.</param>
internal sealed class MarkdownTable(params string[] headers)
{
    /// <summary>A cell that is longer goes beyond its column, so that it widens none of the other lines.</summary>
    private const int WidestColumn = 44;

    private readonly List<string[]> _rows = [];

    public int Count => _rows.Count;

    /// <param name="cells">What the cells show, as Markdown.</param>
    public MarkdownTable Row(params string[] cells)
    {
        if (cells.Length != headers.Length)
        {
            throw new ArgumentException($"A row has {headers.Length} cells, not {cells.Length}.", nameof(cells));
        }

        // A bar would end the cell, in a code span too, and so would the end of the line end the table.
        _rows.Add([.. cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" "))]);
        return this;
    }

    /// <summary>The table; nothing where it has no rows.</summary>
    public override string ToString()
    {
        if (_rows.Count == 0)
        {
            return "";
        }

        var isNumber = headers.Select(header => header.StartsWith('>')).ToArray();
        string[] heads = [.. headers.Select(header => header.TrimStart('>'))];
        var widths = heads
            .Select(
                (head, column) =>
                    Math.Max(3, _rows.Append(heads).Max(row => row[column].Length is var length and <= WidestColumn ? length : 0))
            )
            .ToArray();
        var text = new StringBuilder();
        Append(heads);
        Append([
            .. widths.Select((width, column) => new string('-', isNumber[column] ? width - 1 : width) + (isNumber[column] ? ":" : "")),
        ]);
        _rows.ForEach(Append);
        return text.ToString();

        void Append(string[] cells)
        {
            foreach (var (column, cell) in cells.Index())
            {
                text.Append("| ").Append(isNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])).Append(' ');
            }

            text.Append("|\n");
        }
    }
}
