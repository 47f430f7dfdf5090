using System.Globalization;
using System.Text;

namespace Bench.Profiling;

/// <summary>Writes orders as a shop might export them: identifiers, times, amounts, categories, and text that needs quotes.</summary>
internal static class MixedCsv
{
    private const string Header =
        "order_id,customer,created_at,country,status,quantity,unit_price,discount,latitude,longitude,paid,email,product,comment";

    private static readonly string[] _countries = ["DE", "FR", "US", "GB", "NL", "PL", "JP", "BR", "IN", "SE", "ES", "IT"];
    private static readonly string[] _states = ["new", "paid", "packed", "shipped", "delivered", "returned"];
    private static readonly string[] _words =
    [
        "please",
        "leave",
        "at",
        "the",
        "door",
        "gift",
        "wrap",
        "thanks",
        "fragile",
        "ring",
        "twice",
        "naïve",
    ];

    public static int Columns => Header.Count(character => character == ',') + 1;

    /// <summary>Writes rows until the file has so many bytes, and says how many there are.</summary>
    public static long Write(string path, long bytes)
    {
        var random = new Random(42);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        writer.Write(Header + "\n");
        long rows = 0;
        var row = new StringBuilder();
        for (long written = 0; written < bytes; rows++)
        {
            row.Clear();
            // Few customers, countries and products make most of the orders.
            var customer = (int)Math.Pow(500_000, random.NextDouble());
            row.Append(
                CultureInfo.InvariantCulture,
                $"{1_000_000 + rows},{customer},{start.AddSeconds(rows * 3 + random.Next(3)):yyyy-MM-ddTHH:mm:ssZ},"
            );
            row.Append(
                CultureInfo.InvariantCulture,
                $"{_countries[random.Next(random.Next(1, _countries.Length + 1))]},{_states[random.Next(_states.Length)]},"
            );
            row.Append(
                CultureInfo.InvariantCulture,
                $"{random.Next(1, 20)},{random.Next(100, 50_000) / 100m},{(random.Next(4) == 0 ? $"0.{random.Next(1, 9)}" : "")},"
            );
            row.Append(
                CultureInfo.InvariantCulture,
                $"{random.NextDouble() * 180 - 90:F6},{random.NextDouble() * 360 - 180:F6},{(random.Next(5) == 0 ? "false" : "true")},"
            );
            row.Append(CultureInfo.InvariantCulture, $"user{customer}@example.com,product-{(int)Math.Pow(20_000, random.NextDouble())},");
            if (random.Next(3) == 0)
                row.Append('"')
                    .AppendJoin(", ", random.GetItems(_words, random.Next(1, 8)))
                    .Append(" \"\"")
                    .Append(rows % 1000)
                    .Append("\"\"\"");
            row.Append('\n');
            writer.Write(row);
            written += row.Length;
        }
        return rows;
    }
}
