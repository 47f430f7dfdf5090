using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Secrets that the model has as text are in the template, and are told.</summary>
public sealed class PlainSecretTests
{
    [Theory]
    [InlineData("MINIO_ROOT_PASSWORD", "minioadmin", true)]
    [InlineData("Jwt__SecretKey", "a-long-and-secret-key", true)]
    [InlineData("ApiKey", "abc123", true)]
    [InlineData("CONSOLE_TOKEN", "local-dev-token", true)]
    [InlineData("RABBITMQ_DEFAULT_PASS", "admin", true)]
    [InlineData("POSTGRES_PWD", "hunter2", true)]
    [InlineData("ENCRYPTION_KEY", "0123456789abcdef", true)]
    [InlineData("BYPASS", "everything", false)]
    [InlineData("PUBLIC_KEY", "0123456789abcdef", false)]
    [InlineData("MAX_TOKEN", "4096", false)]
    [InlineData("CancellationToken", "default", false)]
    [InlineData("ConnectionStrings__legacy", "Server=db;Database=shop;Password=hunter2", true)]
    [InlineData("BROKER", "amqp://guest:guest@broker", true)]
    [InlineData("POSTGRES_PASSWORD_FILE", "/run/password", false)]
    [InlineData("DB_PASSWORD", "/run/password", false)]
    [InlineData("ALLOW_EMPTY_PASSWORD", "yes", false)]
    [InlineData("ADDRESS", "http://api:8080/orders@home", false)]
    [InlineData("NAME", "orders", false)]
    public async Task Text_that_is_a_secret_by_its_name_or_what_is_beside_it_is_told(string variable, string value, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("store", "example/store", "1").WithEnvironment(variable, value)
        );

        Assert.Equal(
            isTold,
            published
                .Notices("store")
                .Contains($"has {variable} as plain text, for everybody who may read the template", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Jwt__Secret", true)]
    [InlineData("Jwt__Issuer", false)]
    public async Task A_parameter_that_is_no_secret_one_is_told_where_it_should_be(string variable, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("store", "example/store", "1").WithEnvironment(variable, builder.AddParameter("jwt", "abc"))
        );

        Assert.Equal(
            isTold,
            published
                .Notices("store")
                .Contains($"has {variable} from the parameter 'jwt', which is no secret one", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_secret_parameter_is_what_to_write()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("store", "example/store", "1").WithEnvironment("API_KEY", builder.AddParameter("key", secret: true))
        );

        Assert.DoesNotContain("as plain text", published.Notices("store"), StringComparison.Ordinal);
    }
}
