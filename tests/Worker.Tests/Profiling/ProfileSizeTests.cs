using System.Text;
using System.Text.Json;
using Profiles;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

public sealed class ProfileSizeTests
{
    [Fact]
    public void A_profile_of_a_usual_file_leaves_nothing_out() => Assert.Null(CsvFile.Profile("a,b\n1,x\n2,y\n").LeftOut);

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(1_000_000)]
    [InlineData(700_000)]
    public void A_profile_that_would_be_too_long_fits_and_says_what_it_leaves_out(int limit)
    {
        var csv = new StringBuilder()
            .AppendJoin(',', Enumerable.Range(0, 1_000).Select(column => new string('ä', 100) + column))
            .Append('\n');
        for (var row = 0; row < 12; row++)
            csv.AppendJoin(',', Enumerable.Range(0, 1_000).Select(column => $"{new string('é', 300)} {row} {column}")).Append('\n');

        var profile = CsvFile.Profile(
            new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())),
            new ProfilingOptions { MaxProfileSize = limit }
        );

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(profile, ProfilesJson.Default.Profile).Length, 1, limit);
        Assert.Equal((12, 1_000), (profile.Rows, profile.Columns.Count));
        var leftOut = profile.LeftOut!;
        Assert.All(profile.Columns, column =>
        {
            Assert.Equal((12L, 0L, 12L), (column.Count, column.Nulls, column.Distinct));
            Assert.InRange(column.MostFrequent.Count, 0, leftOut.FrequentValues);
            Assert.InRange(column.Min!.Length, 1, leftOut.TextLength);
        });
        Assert.Equal(1_000, profile.Columns.Select(column => column.Name).Distinct().Count());
    }
}
