using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Profiles;

namespace Worker.Tests.Profiling;

/// <summary>Compares profiles with what Python's csv and statistics compute of the same file.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void A_generated_file_agrees_with_Python()
    {
        var random = new Random(29);
        var csv = new StringBuilder("id,snowflake,price,normal,offset,tiny,category,zipf,text,sparse,mixed,late\n");
        for (var i = 0; i < 60_000; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{i},{1_500_000_000_000_000_000 + random.NextInt64(1_000_000_000)},{random.Next(1_000_000) / 100m},"
            );
            csv.Append(CultureInfo.InvariantCulture, $"{normal:R},{1e9 + normal:R},{normal * 1e-30:E16},c{random.Next(12)},");
            csv.Append(
                CultureInfo.InvariantCulture,
                $"word{(int)Math.Pow(50_000, random.NextDouble())},{CsvFile.Quote($"é{random.Next(5000)}, \"q\"\n{i % 3}")},"
            );
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{(random.Next(10) == 0 ? $"{random.Next(-500, 500)}" : "")},{(i % 2 == 0 ? $"{i}" : $"{i}.50")},{(i == 59_999 ? "x" : $"{i}")}\n"
            );
        }

        AssertAgrees(csv.ToString());
    }

    [Theory]
    [InlineData("a,b\r\n\"x,\"\"y\"\"\",1\r\n\"l\nm\",2\r3,\n\n,4")]
    [InlineData("a,b,c\n1\n1,2\n1,2,3\n1,2,3,4\n")]
    [InlineData("a\n1\n\"\"\n3\n")]
    [InlineData("\uFEFFa,b\nab\"c,1\n\"x\"y,2\n \"q\",3\n")]
    [InlineData("n\n9007199254740993\n9007199254740992\n-9223372036854775809\n123456789012345678901234567890\n")]
    [InlineData("n\n0.1\n.5\n5.\n1e5\n-2.5E-3\n 12 \n")]
    [InlineData("a,b\n")]
    [InlineData("a\n\uFFFD\n😀\nz\n")]
    public void A_hard_file_agrees_with_Python(string csv) => AssertAgrees(csv);

    private static void AssertAgrees(string csv)
    {
        var bytes = Encoding.UTF8.GetBytes(csv);
        using var reference = ComputeByPython(bytes);
        var expected = reference.RootElement;
        var actual = CsvFile.Profile(bytes);

        Assert.Equal(expected.GetProperty("rows").GetInt64(), actual.Rows);
        Assert.Equal(expected.GetProperty("shortRows").GetInt64(), actual.ShortRows);
        Assert.Equal(expected.GetProperty("longRows").GetInt64(), actual.LongRows);
        Assert.Equal(expected.GetProperty("columns").GetArrayLength(), actual.Columns.Count);
        foreach (var (column, wanted) in actual.Columns.Zip(expected.GetProperty("columns").EnumerateArray()))
            AssertAgrees(wanted, column);
    }

    private static void AssertAgrees(JsonElement expected, ColumnProfile actual)
    {
        Assert.Equal(expected.GetProperty("name").GetString(), actual.Name);
        Assert.Equal(expected.GetProperty("count").GetInt64(), actual.Count);
        Assert.Equal(expected.GetProperty("nulls").GetInt64(), actual.Nulls);
        Assert.Equal(Text("min"), actual.Min);
        Assert.Equal(Text("max"), actual.Max);

        var distinct = expected.GetProperty("distinct").GetInt64();
        Assert.InRange(actual.Distinct, distinct * (actual.DistinctIsExact ? 1 : 0.97), distinct * (actual.DistinctIsExact ? 1 : 1.03));

        AssertClose("mean", actual.Mean);
        AssertClose("deviation", actual.StandardDeviation);
        if (expected.TryGetProperty("quantiles", out var bounds))
        {
            var q = actual.Quantiles!;
            Assert.All(bounds.EnumerateArray().Zip([q.P01, q.P05, q.P25, q.P50, q.P75, q.P95, q.P99]), pair =>
                Assert.InRange(pair.Second, pair.First[0].GetDouble(), pair.First[1].GetDouble())
            );
        }
        AssertFrequent(
            [.. expected.GetProperty("frequent").EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetInt64()))],
            actual
        );

        string? Text(string property) => expected.TryGetProperty(property, out var value) ? value.GetString() : null;

        void AssertClose(string property, double? value)
        {
            if (!expected.TryGetProperty(property, out var wanted))
                Assert.Null(value);
            else
                Assert.Equal(wanted.GetDouble(), value!.Value, Math.Abs(wanted.GetDouble()) * 1e-9);
        }
    }

    private static void AssertFrequent((string Value, long Count)[] expected, ColumnProfile actual)
    {
        // Of values that are equally frequent any may be named; where nothing stands out there may be none.
        var unambiguous = expected
            .Where(wanted => expected.Length <= 10 || wanted.Count > expected[^1].Count)
            .Where(wanted => wanted.Count > actual.Count / 250);
        foreach (var wanted in unambiguous)
        {
            var found = Assert.Single(actual.MostFrequent, value => value.Value == wanted.Value);
            Assert.InRange(found.Count, wanted.Count, wanted.Count + (found.IsExact ? 0 : actual.Count / 500));
        }
    }

    private static JsonDocument ComputeByPython(byte[] csv)
    {
        var folder = Directory.CreateTempSubdirectory("profile-");
        try
        {
            var file = Path.Combine(folder.FullName, "file.csv");
            File.WriteAllBytes(file, csv);
            var start = new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "Profiling", "reference.py"), file])
            {
                RedirectStandardOutput = true,
            };
            using var python = Start(start);
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
            return JsonDocument.Parse(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not on the path: install with 'apt-get install python3'.");
            throw;
        }
    }
}
