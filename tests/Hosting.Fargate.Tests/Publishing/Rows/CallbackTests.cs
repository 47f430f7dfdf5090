using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Callbacks that make text of an endpoint's address, as they may on a laptop: it is as good as a reference.</summary>
public sealed class CallbackTests
{
    [Fact]
    public async Task Its_parts_are_those_by_which_a_service_is_called()
    {
        var template = (
            await WithApiAsync(
                (api, variables) =>
                {
                    variables["URL"] = api.Url;
                    variables["PAGE"] = $"{api.Url}/page?from={api.Host}";
                    variables["ADDRESS"] = $"http://{api.Host}:{api.Port}/page";
                    variables["WITHOUT_SCHEME"] = $"{api.Host}:{api.Port}";
                    variables["OTHER_SCHEME"] = $"ws://{api.Host}:{api.Port}/live";
                    variables["SETTINGS"] = $"Host={api.Host};Port={api.Port}";
                }
            )
        ).Template();

        Assert.Equal("http://api", template.Variable("worker", "URL"));
        Assert.Equal("http://api/page?from=api", template.Variable("worker", "PAGE"));
        Assert.Equal("http://api/page", template.Variable("worker", "ADDRESS"));
        Assert.Equal("api:80", template.Variable("worker", "WITHOUT_SCHEME"));
        Assert.Equal("ws://api:80/live", template.Variable("worker", "OTHER_SCHEME"));
        Assert.Equal("Host=api;Port=80", template.Variable("worker", "SETTINGS"));
        Assert.True(template.Contains("Api8080FromWorker"));
        Assert.Contains("ApiService", template["WorkerService"].DependsOn);
    }

    [Fact]
    public async Task Of_an_external_one_it_is_the_public_address()
    {
        var template = (
            await WithApiAsync((api, variables) => variables["URL"] = $"{api.Url}/page", api => api.WithExternalHttpEndpoints())
        ).Template();

        Assert.Equal("Sub http://${LoadBalancer.DNSName}/page", template.Variable("worker", "URL"));
    }

    [Fact]
    public async Task So_it_is_in_arguments_and_in_the_text_of_an_expression()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api").GetEndpoint("http");
                builder
                    .AddContainer("probe", "example/probe", "1")
                    .WithArgs(context => context.Args.Add($"--target={api.Url}"))
                    .WithEnvironment(context => context.EnvironmentVariables["TARGET"] = ReferenceExpression.Create($"{api.Url}/{"a"}/b"));
            })
        ).Template();

        Assert.Equal("[--target=http://api]", template.Container("probe").At("Command").Show());
        Assert.Equal("http://api/a/b", template.Variable("probe", "TARGET"));
        Assert.True(template.Contains("Api8080FromProbe"));
    }

    [Fact]
    public async Task Of_what_AWS_runs_it_is_the_address_that_AWS_gives()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var database = builder.AddPostgresServer("pg").Resource.PrimaryEndpoint;
                var broker = builder.AddRabbitMQServer("bus").Resource.PrimaryEndpoint;
                builder
                    .AddWorker("worker")
                    .WithEnvironment(context =>
                    {
                        context.EnvironmentVariables["DATABASE"] = $"Host={database.Host};Port={database.Port}";
                        context.EnvironmentVariables["BUS"] = $"amqp://{broker.Host}:{broker.Port}";
                        context.EnvironmentVariables["BUS_PORT"] = $"{broker.Port}";
                    });
            })
        ).Template();

        Assert.Equal("Sub Host=${PgDatabase.Endpoint.Address};Port=5432", template.Variable("worker", "DATABASE"));
        Assert.StartsWith("Sub amqps://${", template.Variable("worker", "BUS"), StringComparison.Ordinal);
        Assert.Contains(":5671", template.Variable("worker", "BUS"), StringComparison.Ordinal);
        Assert.Equal("5671", template.Variable("worker", "BUS_PORT"));
        Assert.True(template.Contains("PgDatabaseFromWorker"));
    }

    [Fact]
    public async Task A_connection_string_that_is_asked_for_has_the_secret_and_not_its_value()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.Configuration["Parameters:key"] = "tell+nobody";
            builder.Configuration["Parameters:user"] = "admin";
            var key = builder.AddParameter("key", secret: true);
            builder.AddParameter("user", secret: true);
            var database = builder.AddPostgresServer("pg").Resource;
            builder
                .AddWorker("worker")
                .WithEnvironment(async context =>
                {
                    context.EnvironmentVariables["DATABASE"] = (await database.ConnectionStringExpression.GetValueAsync(default))!;
                    context.EnvironmentVariables["KEY"] = (await key.Resource.GetValueAsync(default))!;
                    context.EnvironmentVariables["ADDRESS"] = "https://admin:tell%2Bnobody@example.com/tell+nobody1";
                });
        });

        var template = published.Template();
        Assert.Equal(["ADDRESS", "DATABASE", "KEY"], SecretsOf(template));
        Assert.Equal(
            [
                "Sub Host=${PgDatabase.Endpoint.Address};Port=5432;Username=postgres;Password={{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}}",
                "Sub https://admin:{{resolve:secretsmanager:${KeyUriEncodedSecretArn}:SecretString}}@example.com/tell+nobody1",
            ],
            template
                .OfType("AWS::SecretsManager::Secret")
                .Select(secret => secret.Properties.At("SecretString").Show())
                .Order(StringComparer.Ordinal)
        );
        Assert.True(template.Contains("PgDatabaseFromWorker"));
    }

    [Fact]
    public async Task An_argument_with_a_secret_that_is_asked_for_is_refused_as_any_other()
    {
        await Refusals.Refused.ForAsync(
            builder =>
            {
                builder.Configuration["Parameters:key"] = "tell+nobody";
                builder.AddParameter("key", secret: true);
                builder.AddContainer("worker", "example/worker", "1").WithArgs("--key=tell+nobody");
            },
            "'worker' takes the secret 'key' as an argument"
        );
    }

    [Theory]
    [InlineData("Basic YWRtaW46dGVsbCtub2JvZHk=")]
    [InlineData("https://example.com/?auth=dGVsbCtub2JvZHk")]
    public async Task A_secret_in_Base64_is_refused_for_anybody_reads_it(string text) =>
        await Refusals.Refused.ForAsync(
            builder =>
            {
                builder.Configuration["Parameters:key"] = "tell+nobody";
                builder.AddParameter("key", secret: true);
                builder.AddWorker("worker").WithEnvironment(context => context.EnvironmentVariables["AUTH"] = text);
            },
            "AUTH of 'worker' has the secret 'key' in Base64, which a callback has made of its value"
        );

    [Fact]
    public async Task A_hash_of_a_secret_is_told_for_on_AWS_the_value_may_be_another()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var key = builder.AddParameter("key", new GenerateParameterDefault { MinLength = 20 }, secret: true);
            builder
                .AddWorker("worker")
                .WithEnvironment(async context =>
                {
                    var value = Encoding.UTF8.GetBytes((await key.Resource.GetValueAsync(default))!);
                    context.EnvironmentVariables["HEX"] = Convert.ToHexString(SHA256.HashData(value));
                    context.EnvironmentVariables["BASE64"] = $"sha512:{Convert.ToBase64String(SHA512.HashData(value))}";
                    context.EnvironmentVariables["OTHER"] = Convert.ToHexString(SHA256.HashData("key"u8));
                });
        });

        var notices = published.Notices("worker");
        Assert.Contains("has in HEX a hash that a callback has made of the secret 'key'", notices, StringComparison.Ordinal);
        Assert.Contains("has in BASE64 a hash that a callback has made of the secret 'key'", notices, StringComparison.Ordinal);
        Assert.DoesNotContain("has in OTHER", notices, StringComparison.Ordinal);
    }

    /// <summary>The endpoint was given its name as the first environment was read.</summary>
    [Fact]
    public async Task Of_what_another_environment_has_it_is_the_address_that_it_has_there()
    {
        var publications = await Published.EnvironmentsAsync(builder =>
        {
            var front = builder.AddFargateEnvironment("front");
            var office = builder.AddFargateEnvironment("office");
            var api = builder.AddWeb("api").WithExternalHttpEndpoints().WithComputeEnvironment(front).GetEndpoint("http");
            builder
                .AddWorker("desk")
                .WithEnvironment(context => context.EnvironmentVariables["API"] = $"{api.Url}/orders")
                .WithEnvironment(context => context.EnvironmentVariables["SAME"] = ReferenceExpression.Create($"{api}/orders"))
                .WithComputeEnvironment(office);
        });

        var template = publications[1].Template();
        Assert.Equal(template.Variable("desk", "SAME"), template.Variable("desk", "API"));
        Assert.DoesNotContain(publications.SelectMany(publication => publication.Files), file => file.Content.Contains(".invalid"));
    }

    [Fact]
    public async Task Once_the_model_is_read_endpoints_have_no_address_as_other_publishers_expect_it()
    {
        EndpointReference? asked = null;
        List<string> during = [];
        void Model(IDistributedApplicationBuilder builder)
        {
            asked = builder.AddWeb("api").GetEndpoint("http");
            builder.AddWorker("worker").WithEnvironment(_ => during.Add(asked.Url));
        }

        await Published.ModelAsync(Model);

        Assert.Equal("http://http.api.endpoint.invalid:80", Assert.Single(during));
        Assert.Contains("is not allocated", Assert.Throws<InvalidOperationException>(() => asked!.Url).Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task What_the_environment_does_not_have_says_what_to_give_in_its_place() =>
        Refusals.Refused.ForAsync(
            builder =>
            {
                var here = builder.AddContainer("here", "example/here", "1").WithHttpEndpoint(targetPort: 80).ExcludeFromManifest();
                builder.AddWorker("worker").WithEnvironment(context => context.EnvironmentVariables["HERE"] = here.GetEndpoint("http").Url);
            },
            "'worker' has an environment callback that fails where the model is published",
            "Give the endpoint itself in place of its Url, Host or Port",
            "IsPublishMode"
        );

    private static IEnumerable<string?> SecretsOf(Template template) =>
        template.Container("worker").At("Secrets").Maps().Select(secret => secret.At("Name").Show()).Order(StringComparer.Ordinal);

    private static Task<Hosting.Fargate.Publishing.Publication> WithApiAsync(
        Action<EndpointReference, Dictionary<string, object>> callback,
        Action<IResourceBuilder<ProjectResource>>? more = null
    ) =>
        Published.ModelAsync(builder =>
        {
            var api = builder.AddWeb("api");
            more?.Invoke(api);
            builder.AddWorker("worker").WithEnvironment(context => callback(api.GetEndpoint("http"), context.EnvironmentVariables));
        });
}
