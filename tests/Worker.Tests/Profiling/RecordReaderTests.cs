using System.Text;
using CsvHelper;
using Worker.Profiling;
using Worker.Profiling.Records;

namespace Worker.Tests.Profiling;

/// <summary>Reads what CsvHelper reads too, and gets the same.</summary>
public sealed class RecordReaderTests
{
    private static readonly string[] _pieces =
    [
        "\"",
        "\"",
        "\"\"",
        ",",
        ",",
        "\n",
        "\r",
        "\r\n",
        "a",
        "bc",
        " ",
        "é",
        "\uFFFD",
        "1",
        new('x', 70),
        new('y', 300),
        "\"q\"",
        ",\"",
        "\",",
        "\"\n",
    ];

    [Fact]
    public void Fields_are_those_that_CsvHelper_finds_wherever_blocks_and_reads_end() => Parallel.For(0, 40_000, seed =>
        {
            var random = new Random(seed);
            var csv = Encoding.UTF8.GetBytes("a,b,c\n" + string.Concat(random.GetItems(_pieces, random.Next(0, 60))));
            if (seed % 3 == 0 && csv.Length > 8)
                csv[random.Next(6, csv.Length)] = (byte)random.Next(128, 256);

            AssertSame(csv, random.Next(1, 100), $"seed {seed}");
        });

    [Fact]
    public void Fields_of_many_blocks_are_those_that_CsvHelper_finds()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var csv = new MemoryStream();
            csv.Write("a,b,c\n"u8);
            while (csv.Length < 2_000_000)
            {
                var length = random.Next(8) == 0 ? random.Next(200_000) : random.Next(60);
                csv.Write(Encoding.UTF8.GetBytes(string.Concat(random.GetItems(_pieces, random.Next(1, 8)))));
                csv.Write(Enumerable.Repeat((byte)random.Next(32, 256), length).ToArray());
            }
            AssertSame(csv.ToArray(), int.MaxValue, $"seed {seed}");
        }
    }

    [Fact]
    public void Blocks_that_are_full_of_fields_lose_none() =>
        AssertSame(
            [
                .. "a,b,c\n"u8,
                .. Enumerable.Repeat((byte)',', 100_000),
                (byte)'\n',
                .. Enumerable.Repeat(",,\n"u8.ToArray(), 150_000).SelectMany(b => b),
            ],
            int.MaxValue,
            ""
        );

    private static void AssertSame(byte[] csv, int maxRead, string what)
    {
        var (expected, malformed) = ByCsvHelper(csv);
        var actual = ByRecordReader(csv, maxRead);
        // CsvHelper names the first thing that is wrong with a record: a quote that never ends goes unsaid behind another fault.
        var same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(expected == actual || actual == malformed, $"{what}: …{Around(expected)} is read as …{Around(actual)}");

        string Around(string fields) => fields[Math.Max(0, same - 80)..Math.Min(fields.Length, same + 80)];
    }

    // The columns' values, one after the other, as hashes where they are long; or where the quote is that never ends.
    private static (string Fields, string? LastMalformed) ByCsvHelper(byte[] csv)
    {
        string? unclosed = null;
        string? last = null;
        using var reader = CsvReader.Create(
            new MemoryStream(csv),
            new CsvReaderOptions
            {
                HasHeader = false,
                TrackLineNumbers = true,
                OnMalformedRecord = malformed =>
                {
                    last = $"Record {malformed.RecordNumber:N0} (line {malformed.LineNumber:N0})";
                    if (malformed.Reason == CsvMalformedReason.UnterminatedQuote)
                        unclosed = last;
                },
            }
        );
        Assert.True(reader.Read());
        var fields = new List<string>();
        var (rows, shortRows, longRows) = (0, 0, 0);
        while (reader.Read())
        {
            rows++;
            shortRows += reader.FieldCount < 3 ? 1 : 0;
            longRows += reader.FieldCount > 3 ? 1 : 0;
            for (var i = 0; i < Math.Min(3, reader.FieldCount); i++)
            {
                if (reader.GetSpan(i).Length > 0)
                    fields.Add($"{i}={Convert.ToHexString(Identity(reader.GetSpan(i)))}");
            }
        }
        return (unclosed ?? $"{rows} {shortRows} {longRows} {string.Join(' ', fields)}", last);
    }

    private static string ByRecordReader(byte[] csv, int maxRead)
    {
        using var reader = new RecordReader(new GeneratedStream([csv], maxRead), ',', 32 << 20, 100);
        var fields = new List<string>();
        try
        {
            while (reader.HeaderFields is null)
                Assert.NotNull(Next(reader));
            reader.SetColumns(3);
            while (Next(reader) is { } block)
            {
                foreach (var run in block.Runs)
                {
                    for (var i = 0; i < run.Count; i++)
                    {
                        var field = block.Fields[run.First + i];
                        if (field.Length != 0)
                            fields.Add(
                                $"{(run.Column + i) % 3}={Convert.ToHexString(field.Length == Field.Long ? BitConverter.GetBytes(block.LongFields[field.Start].Hash) : Identity(block[field]))}"
                            );
                    }
                }
            }
        }
        catch (Worker.Profiling.CsvFormatException e)
        {
            return e.Message[..(e.Message.IndexOf(')') + 1)];
        }
        return $"{reader.Rows} {reader.ShortRows} {reader.LongRows} {string.Join(' ', fields)}";
    }

    private static RecordBlock? Next(RecordReader reader) => reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    // Long fields are compared by the hash of what they become where they are not UTF-8, others as they are.
    private static ReadOnlySpan<byte> Identity(ReadOnlySpan<byte> field)
    {
        if (field.Length < 1000)
            return field;
        var whole = new LongField();
        whole.Append(field);
        return BitConverter.GetBytes(whole.Hash);
    }
}
