using System.Text;
using Profiles;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

/// <summary>Profiles what a test writes down.</summary>
internal static class CsvFile
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(5);

    public static Profile Profile(string csv) => Profile(Encoding.UTF8.GetBytes(csv));

    public static Profile Profile(byte[] csv) => Profile(new MemoryStream(csv));

    public static Profile Profile(Stream csv, ProfilingOptions? options = null) =>
        Task.Run(() => new CsvProfiler().ProfileAsync(csv, options ?? new ProfilingOptions(), progress: null, CancellationToken.None))
            .WaitAsync(_deadline)
            .GetAwaiter()
            .GetResult();

    public static string Refusal(byte[] csv) => Assert.Throws<CsvFormatException>(() => Profile(csv)).Message;

    public static string Refusal(string csv) => Refusal(Encoding.UTF8.GetBytes(csv));

    /// <summary>The profile of one column with these values, each in quotes.</summary>
    public static ColumnProfile Column(params IEnumerable<string> values) =>
        Assert.Single(Profile("value\n" + string.Concat(values.Select(value => Quote(value) + "\n"))).Columns);

    public static string Quote(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
