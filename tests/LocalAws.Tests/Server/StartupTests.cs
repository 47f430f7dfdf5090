using System.Net;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

public sealed class StartupTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task Health_is_answered_when_it_is_ready()
    {
        await using var server = await LocalAwsServer.StartAsync(_data);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"{server.Url}/health"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    public async Task It_listens_on_loopback_alone(string url)
    {
        await using var process = LocalAwsServer.Launch(
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = url, ["LocalAws__DataPath"] = _data.Path }
        );
        var line = await process.FindOutputAsync(_ => true);
        Assert.StartsWith("LocalAws listens on loopback addresses alone", line, StringComparison.Ordinal);
        Assert.Equal(1, await process.WaitForExitAsync());
    }

    [Fact]
    public async Task Two_do_not_share_a_data_folder()
    {
        await using var first = await LocalAwsServer.StartAsync(_data);
        await using var second = LocalAwsServer.Launch(
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["LocalAws__DataPath"] = _data.Path }
        );
        var line = await second.FindOutputAsync(_ => true);
        Assert.Contains(_data.Path, line, StringComparison.Ordinal);
        Assert.Equal(1, await second.WaitForExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        await using var first = await LocalAwsServer.StartAsync(_data);
        await using var second = LocalAwsServer.Launch(
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = first.Url, ["LocalAws__InMemory"] = "true" }
        );
        var line = await second.FindOutputAsync(_ => true);
        Assert.StartsWith("LocalAws cannot start: Failed to bind to address", line, StringComparison.Ordinal);
        Assert.Equal(1, await second.WaitForExitAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_folder_is_its_owner_s_alone(bool isOfAnEarlierRun)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("It is about modes of Unix.");
            return;
        }
        var path = Path.Combine(_data.Path, "data");
        if (isOfAnEarlierRun)
        {
            Directory.CreateDirectory(path, (UnixFileMode)0b111_101_101);
            await File.WriteAllTextAsync(Path.Combine(path, "lock"), "");
        }

        await using var server = await LocalAwsServer.StartAsync(path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    public void Dispose() => _data.Dispose();
}
