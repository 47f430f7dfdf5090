using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing;

public sealed class OperationNoticeTests
{
    [Theory]
    [InlineData("postgres", "/var/lib/postgresql", false, true)]
    [InlineData("postgres", "/var/lib/postgresql", true, false)]
    [InlineData("valkey/valkey", "/data", false, false)]
    public async Task A_database_on_EFS_is_warned_of(string image, string path, bool isReadOnly, bool isWarned)
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("db", image, "18").WithVolume("data", path, isReadOnly));
        Assert.Equal(
            isWarned,
            published.Application.Notices.Any(notice =>
                notice is { Resource: "db", IsWarning: true } && notice.Text.Contains("which is on Amazon EFS", StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("mcr.microsoft.com/mssql/server", true)]
    [InlineData("prom/prometheus", true)]
    [InlineData("postgres", false)]
    public async Task What_its_makers_do_not_support_on_EFS_is_said_with_the_page(string image, bool isUnsupported)
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("db", image, "18").WithVolume("data", "/data"));
        Assert.Equal(
            isUnsupported,
            published.Notices("db").Contains("which its makers do not support (https://", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_database_on_the_tasks_own_disk_is_not()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("db", "postgres", "18").WithVolume("/var/lib/postgresql")
        );
        Assert.DoesNotContain("EFS", published.Notices("db"), StringComparison.Ordinal);
    }
}
