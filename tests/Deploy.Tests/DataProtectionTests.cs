namespace Deploy.Tests;

/// <summary>Keys of Data Protection that all tasks of a service share.</summary>
public sealed class DataProtectionTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private Shop Shop => new(account.Aws, "api keys");

    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task They_are_made_once_and_shown_nowhere()
    {
        var first = (await Shop.DeployAsync()).EndedWith(0).Says("✓ secret values         1 put");
        var (keys, version) = await KeysAsync();
        Assert.StartsWith("<key id=", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", first.Output, StringComparison.Ordinal);
        await account.BecomesAsync("api 2/2 shop-api:1");

        (await Shop.DeployAsync()).EndedWith(0).Says("Changed for shop", "nothing");
        Assert.Equal((keys, version), await KeysAsync());
        (await Shop.RunAsync("plan")).EndedWith(0);
    }

    [Fact]
    public async Task Where_they_are_old_a_deploy_adds_one_and_starts_the_tasks_anew()
    {
        await Shop.DeployedAsync();
        var (keys, _) = await KeysAsync();
        var old = System.Text.RegularExpressions.Regex.Replace(keys, "(?<=<creationDate>)[0-9]{4}", "2020");
        await account.Aws.AwsCli(
            "secretsmanager",
            "put-secret-value",
            "--secret-id",
            "shop/api-data-protection-keys",
            "--secret-string",
            old
        );

        (await Shop.DeployAsync()).EndedWith(0).Says("api: a secret of it has a new value; starting its tasks anew");

        var (renewed, _) = await KeysAsync();
        Assert.StartsWith(old + "\n<key id=", renewed, StringComparison.Ordinal);
    }

    private async Task<(string Keys, string Version)> KeysAsync()
    {
        var secret = await account.Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/api-data-protection-keys");
        return ((string)secret["SecretString"]!, (string)secret["VersionId"]!);
    }
}
