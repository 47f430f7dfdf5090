using System.Security.Cryptography;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Tests.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>
/// Keys of ASP.NET Core Data Protection, as deploy makes them, a container of each task writes them, and ASP.NET Core itself reads them.
/// </summary>
public sealed class DataProtectionKeysTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_one_task_protects_another_reads()
    {
        var keys = DataProtectionKeys.Renew(null, s_now);

        Assert.Equal("a form", await ReadAsync(keys, await ProtectAsync(keys, "a form")));
    }

    [Fact]
    public async Task What_has_other_keys_reads_nothing() =>
        await Assert.ThrowsAsync<CryptographicException>(async () =>
            await ReadAsync(DataProtectionKeys.Renew(null, s_now), await ProtectAsync(DataProtectionKeys.Renew(null, s_now), "a form"))
        );

    [Fact]
    public void Keys_stay_for_90_days()
    {
        var keys = DataProtectionKeys.Renew(null, s_now);

        Assert.Equal(keys, DataProtectionKeys.Renew(keys, s_now.AddDays(89)));
        Assert.NotEqual(keys, DataProtectionKeys.Renew(keys, s_now.AddDays(91)));
    }

    [Fact]
    public async Task A_new_key_is_not_used_before_every_task_has_it()
    {
        var old = DataProtectionKeys.Renew(null, s_now.AddDays(-100));
        var renewed = DataProtectionKeys.Renew(old, s_now);

        Assert.Equal("a cookie", await ReadAsync(old, await ProtectAsync(renewed, "a cookie")));
        Assert.Equal("a cookie", await ReadAsync(renewed, await ProtectAsync(old, "a cookie")));
    }

    [Fact]
    public async Task After_two_days_it_is_used_and_the_old_one_still_reads()
    {
        var old = DataProtectionKeys.Renew(null, s_now.AddDays(-100));
        var renewed = DataProtectionKeys.Renew(old, s_now.AddDays(-3));

        Assert.Equal("a cookie", await ReadAsync(renewed, await ProtectAsync(old, "a cookie")));
        var cookie = await ProtectAsync(renewed, "a cookie");
        Assert.Equal("a cookie", await ReadAsync(renewed, cookie));
        await Assert.ThrowsAsync<CryptographicException>(() => ReadAsync(old, cookie));
    }

    [Fact]
    public async Task Where_nobody_deploys_for_years_the_newest_key_is_used_on()
    {
        var keys = DataProtectionKeys.Renew(null, s_now.AddYears(-5));

        Assert.Equal("a form", await ReadAsync(keys, await ProtectAsync(keys, "a form")));
    }

    [Fact]
    public void The_last_eight_are_kept()
    {
        string? keys = null;
        for (var month = 0; month < 60; month += 4)
        {
            keys = DataProtectionKeys.Renew(keys, s_now.AddMonths(month));
        }

        Assert.Equal(8, keys!.Split('\n').Length);
        Assert.True(keys.Length < 65_536, "Secrets Manager takes 64 KiB");
    }

    private async Task<string> ProtectAsync(string keys, string text)
    {
        await using var task = await StartAsync(keys);
        return task.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect(text);
    }

    private async Task<string> ReadAsync(string keys, string text)
    {
        await using var task = await StartAsync(keys);
        return task.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(text);
    }

    /// <summary>
    /// An application as a task has it: the keys are written by the command of the published container, and found by the published
    /// variable.
    /// </summary>
    private async Task<WebApplication> StartAsync(string keys)
    {
        var service = (
            await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints())
        ).Application.Services.Single();
        var writer = service.Containers.Single(container => container.EndsFirst);
        var folder = _folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var command = writer
            .Command.Cast<Text>()
            .Select(text => text.Content.Replace(writer.Mounts.Single().Path, folder, StringComparison.Ordinal));
        var start = new System.Diagnostics.ProcessStartInfo(writer.EntryPoint!, command)
        {
            Environment = { [writer.Secrets.Single().Name] = keys },
        };
        using (var process = System.Diagnostics.Process.Start(start)!)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }

        var variable = service.Main.Environment.Single(variable => variable.Name == "ReadOnlyDataProtectionKeyDirectory");
        Assert.Equal(new Text(writer.Mounts.Single().Path), variable.Value);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new(variable.Name, folder)]);
        builder.Services.AddDataProtection();
        return builder.Build();
    }
}
