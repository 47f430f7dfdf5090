using System.Text;
using System.Text.Json;
using CsCheck;
using Profiles;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

public sealed class PropertyTests
{
    private static readonly string[] _pieces =
    [
        ",",
        "\"",
        "\r",
        "\n",
        "\r\n",
        " ",
        ";",
        "\t",
        "a",
        "Zz",
        "é",
        "€",
        "😀",
        "\uFFFD",
        "0",
        "1",
        "-",
        ".",
        "e",
        "true",
        "2026-01-02",
    ];

    private static readonly Gen<string> _text = Gen.Int[0, _pieces.Length - 1]
        .Array[0, 6]
        .Select(indexes => string.Concat(indexes.Select(i => _pieces[i])));

    private static readonly Gen<string[][]> _rows = _text.Array[3].Array[0, 40];

    [Fact]
    public void Whatever_a_correct_writer_writes_is_counted_right() =>
        _rows.Sample(
            rows =>
            {
                var profile = CsvFile.Profile(Write(rows));

                Assert.Equal((rows.Length, 0, 0, 0), (profile.Rows, profile.ShortRows, profile.LongRows, profile.InvalidSequences));
                for (var c = 0; c < 3; c++)
                {
                    var values = rows.Select(row => row[c]).Where(value => value.Length > 0).ToArray();
                    var column = profile.Columns[c];
                    Assert.Equal((values.Length, rows.Length - values.Length), (column.Count, column.Nulls));
                    Assert.Equal((values.Distinct().Count(), true), (column.Distinct, column.DistinctIsExact));
                    Assert.Equal(
                        values
                            .GroupBy(value => value)
                            .Select(group => ((long)group.Count(), group.Key))
                            .OrderByDescending(pair => pair.Item1)
                            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                            .Take(10),
                        column.MostFrequent.Select(value => (value.Count, value.Value))
                    );
                    if (column.Type is ColumnType.Text or ColumnType.Boolean)
                    {
                        var ordered = values.Order(
                            Comparer<string>.Create(
                                (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))
                            )
                        );
                        Assert.Equal((ordered.First(), ordered.Last()), (column.Min, column.Max));
                    }
                }
            },
            iter: 2_000
        );

    [Fact]
    public void A_stream_that_gives_a_byte_at_a_time_gives_the_same_profile() =>
        Gen.Select(_rows, Gen.Int[1, 7])
            .Sample(
                (rows, maxRead) =>
                {
                    var csv = Write(rows);

                    Assert.Equal(Json(CsvFile.Profile(csv)), Json(CsvFile.Profile(new GeneratedStream([csv], maxRead))));
                },
                iter: 500
            );

    [Fact]
    public void A_large_file_in_small_reads_gives_the_same_profile()
    {
        var random = new Random(23);
        var csv = new StringBuilder("id,text,number\n");
        for (var i = 0; i < 20_000; i++)
            csv.Append($"{i},\"{new string('x', random.Next(0, 60))}\"\"{(i % 7 == 0 ? "\r\n" : "")}é\",{random.NextDouble() * 1e6:R}\r\n");
        var bytes = Encoding.UTF8.GetBytes(csv.ToString());

        Assert.Equal(Json(CsvFile.Profile(bytes)), Json(CsvFile.Profile(new GeneratedStream([bytes], maxRead: 1))));
    }

    /// <summary>Others in each run; what fails says which, and <c>new Random(seed)</c> makes it again.</summary>
    [Fact]
    public void Damaged_files_end_in_a_profile_or_a_refusal()
    {
        const int files = 20_000;
        var first = Random.Shared.Next(int.MaxValue - files);
        var samples = new[]
        {
            "a,b,c\n1,2.5,x\n-3,1e9,\"y,\"\"z\"\n,,\n"u8.ToArray(),
            "a;b\r\n2026-01-02T03:04:05Z;true\r\n2026-13-02;false\r\n"u8.ToArray(),
            "\uFEFF\"name\"\t\"v\"\n\"é\n😀\"\t0.1\n\n\t\n"u8.ToArray(),
            "{\"a\":1}\n"u8.ToArray(),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")],
        };
        var special = "\"\",,\r\n\n;|\t\0\u00FF0123456789.eE+-:TZ"u8.ToArray();
        var profiles = 0;
        Parallel.For(first, first + files, seed =>
        {
            var random = new Random(seed);
            byte[] input;
            if (seed % 4 == 0)
            {
                input = random.GetItems(special, random.Next(0, 64));
            }
            else
            {
                input = (byte[])samples[random.Next(samples.Length)].Clone();
                for (var change = random.Next(0, 8); change >= 0; change--)
                    input[random.Next(input.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : special[random.Next(special.Length)];
            }
            try
            {
                var profile = CsvFile.Profile(new GeneratedStream([input], maxRead: random.Next(1, 80)));
                Assert.All(profile.Columns, column => Assert.Equal(profile.Rows, column.Count + column.Nulls));
                Json(profile);
                Interlocked.Increment(ref profiles);
            }
            catch (CsvFormatException)
            {
                // A refusal is one of the two right ends.
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"The file of the seed {seed}: {exception.Message}", exception);
            }
        });
        Assert.InRange(profiles, files * 3 / 10, files - 1);
    }

    private static string Json(Profile profile) => JsonSerializer.Serialize(profile);

    private static byte[] Write(string[][] rows)
    {
        var csv = new StringBuilder("a,b,c\n");
        foreach (var row in rows)
            csv.AppendJoin(',', row.Select(value => value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : CsvFile.Quote(value)))
                .Append("\r\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
