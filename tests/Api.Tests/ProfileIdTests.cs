using Profiles;

namespace Api.Tests;

public sealed class ProfileIdTests
{
    [Fact]
    public void A_later_id_comes_first_in_order()
    {
        var noon = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 100).Select(i => ProfileId.New(new Clock(noon.AddMilliseconds(i))).ToString()).ToList();
        Assert.Equal(ids.AsEnumerable().Reverse(), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_id_is_read_as_it_was_written()
    {
        var id = ProfileId.New(TimeProvider.System);
        Assert.Equal(id, ProfileId.Parse(id.ToString()));
    }

    [Fact]
    public void An_id_without_a_value_becomes_no_key() => Assert.Throws<InvalidOperationException>(() => ProfileStore.SourceKey(default));

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
