using Hosting.Fargate.Images;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Images;

/// <summary>One build at a time in a folder.</summary>
public sealed class BuildLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_build_waits_for_the_first()
    {
        var first = await BuildLock.TakeAsync(
            _folder.FullName,
            NullLogger.Instance,
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        var second = BuildLock.TakeAsync(_folder.FullName, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task What_is_wrong_with_the_file_itself_is_said_and_not_waited_for()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "lock"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            BuildLock.TakeAsync(_folder.FullName, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>errno of Linux: https://man7.org/linux/man-pages/man3/errno.3.html.</summary>
    [Theory]
    [InlineData(11, true)]
    [InlineData(28, false)]
    [InlineData(5, false)]
    public void A_full_disk_is_no_other_build(int error, bool isHeld) =>
        Assert.Equal(isHeld, BuildLock.IsHeld(new IOException("It fails.", error)));
}
