using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class ParameterTests
{
    [Fact]
    public async Task A_value_comes_from_configuration_also_with_underscores_for_hyphens()
    {
        var app = Models.ToRun("--Parameters:stage=test", "--Parameters:api_key=k");

        Assert.Equal("test", await app.AddParameter("stage").Resource.GetValueAsync(default));
        Assert.Equal("k", await app.AddParameter("api-key", secret: true).Resource.GetValueAsync(default));
    }

    [Fact]
    public async Task A_missing_value_is_named_with_how_to_set_it()
    {
        var parameter = Models.ToPublish().AddParameter("api-key", secret: true).Resource;

        var exception = await Assert.ThrowsAsync<MissingParameterValueException>(() => parameter.GetValueAsync(default).AsTask());

        Assert.Contains("'api-key' has no value", exception.Message);
        Assert.Contains("Parameters__api_key", exception.Message);
        Assert.Contains("dotnet user-secrets set Parameters:api-key", exception.Message);
    }

    [Fact]
    public async Task A_missing_value_does_not_hide_the_others()
    {
        var app = Models.ToRun();
        var tool = app.AddExecutable("tool", "ls", ".").WithEnvironment("KEY", app.AddParameter("key")).WithEnvironment("OTHER", "value");

        var configuration = await tool.ConfigurationAsync();

        Assert.Equal([KeyValuePair.Create("OTHER", "value")], configuration.EnvironmentVariables);
        Assert.IsType<MissingParameterValueException>(Assert.IsType<AggregateException>(configuration.Exception).InnerException);
    }

    [Fact]
    public async Task The_model_can_say_a_value_but_never_publish_a_secret()
    {
        var app = Models.ToPublish();

        Assert.Equal("prod", await app.AddParameter("stage", "prod").Resource.GetValueAsync(default));
        Assert.NotNull(app.AddParameter("published", "prod", publishValueAsDefault: true).Resource.Default);
        Assert.Throws<ArgumentException>(() => app.AddParameter("secret", "x", publishValueAsDefault: true, secret: true));
    }

    [Fact]
    public async Task A_configured_value_wins_over_a_generated_one()
    {
        var app = Models.ToRun("--Parameters:password=configured");

        Assert.Equal("configured", await app.AddParameter("password", new GenerateParameterDefault(), secret: true).Resource.GetValueAsync(default));
    }

    [Fact]
    public void Generated_values_keep_their_rules()
    {
        var rules = new GenerateParameterDefault { MinLength = 30, Special = false, MinNumeric = 5, MinUpper = 2 };
        var values = Enumerable.Range(0, 200).Select(_ => rules.GetDefaultValue()).ToList();

        Assert.All(values, value =>
        {
            Assert.Equal(30, value.Length);
            Assert.True(value.All(char.IsAsciiLetterOrDigit), value);
            Assert.True(value.Count(char.IsAsciiDigit) >= 5, value);
            Assert.True(value.Count(char.IsAsciiLetterUpper) >= 2, value);
        });
        Assert.Equal(200, values.Distinct().Count());
        Assert.Throws<ArgumentException>(() => new GenerateParameterDefault { Special = false, MinSpecial = 1 }.GetDefaultValue());
    }

    [Fact]
    public void A_generated_value_is_kept_in_user_secrets_beside_what_was_there()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(directory.FullName, "id", "secrets.json");
            var secrets = new UserSecretsFile(file);
            Assert.True(secrets.TrySetSecret("Other:Key", "kept"));

            var value = new UserSecretsParameterDefault("password", new GenerateParameterDefault(), secrets).GetDefaultValue();

            var configuration = new ConfigurationBuilder().AddJsonFile(file).Build();
            Assert.Equal(value, configuration["Parameters:password"]);
            Assert.Equal("kept", configuration["Other:Key"]);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            Assert.True(secrets.TryDeleteSecret("Parameters:password"));
            Assert.False(secrets.TryDeleteSecret("Parameters:password"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Only_run_mode_keeps_a_generated_value()
    {
        Assert.IsType<UserSecretsParameterDefault>(Models.ToRun().AddParameter("a", new GenerateParameterDefault(), persist: true).Resource.Default);
        Assert.IsType<GenerateParameterDefault>(Models.ToPublish().AddParameter("a", new GenerateParameterDefault(), persist: true).Resource.Default);
    }
}
