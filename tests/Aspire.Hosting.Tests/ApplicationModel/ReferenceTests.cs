using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class ReferenceTests
{
    [Fact]
    public async Task A_reference_to_a_project_injects_each_endpoint_twice()
    {
        var app = Models.ToPublish();
        var web = app.AddProject<WebProject>("my-web");
        var client = app.AddContainer("client", "busybox").WithReference(web);

        var variables = await client.UnresolvedEnvironmentAsync();

        Assert.Equal(
            ["MY_WEB_HTTP", "MY_WEB_HTTPS", "services__my-web__http__0", "services__my-web__https__0"],
            variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("{my-web.bindings.http.url}", ((IManifestExpressionProvider)variables["MY_WEB_HTTP"]).ValueExpression);
    }

    [Fact]
    public async Task In_run_mode_the_addresses_are_those_of_the_launch_profile()
    {
        var app = Models.ToRun();
        var web = app.AddProject<WebProject>("web");
        Models.Allocate(web.GetEndpoint("http"), 5180, "39000");
        var tool = app.AddExecutable("tool", "ls", ".").WithReference(web).WithReference(web, "backend-for-tool");

        var variables = (await tool.ConfigurationAsync()).EnvironmentVariables.ToDictionary();

        Assert.Equal("http://localhost:5180", variables["services__web__http__0"]);
        Assert.Equal("http://localhost:5180", variables["WEB_HTTP"]);
    }

    [Fact]
    public async Task A_reference_to_one_endpoint_injects_that_one()
    {
        var app = Models.ToPublish();
        var proxy = app.AddContainer("proxy", "nginx").WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(targetPort: 81, name: "admin");
        var tool = app.AddExecutable("tool", "ls", ".").WithReference(proxy.GetEndpoint("admin"));

        Assert.Equal(["PROXY_ADMIN", "services__proxy__admin__0"], (await tool.UnresolvedEnvironmentAsync()).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_connection_string_comes_under_its_name_or_another()
    {
        var app = Models.ToRun("--ConnectionStrings:database=Host=db");
        var database = app.AddConnectionString("database");
        var built = app.AddConnectionString("built", ReferenceExpression.Create($"{database};Pooling=true"));
        var tool = app.AddExecutable("tool", "ls", ".").WithReference(database).WithReference(built, connectionName: "other");

        var variables = (await tool.ConfigurationAsync()).EnvironmentVariables.ToDictionary();

        Assert.Equal("Host=db", variables["ConnectionStrings__database"]);
        Assert.Equal("Host=db;Pooling=true", variables["ConnectionStrings__other"]);
    }

    [Fact]
    public async Task A_missing_connection_string_is_an_error_unless_the_reference_is_optional()
    {
        var app = Models.ToRun();
        var tool = app.AddExecutable("tool", "ls", ".").WithReference(app.AddConnectionString("empty", ReferenceExpression.Empty), optional: true);
        var other = app.AddExecutable("other", "ls", ".").WithReference(app.AddConnectionString("empty2", ReferenceExpression.Empty));

        Assert.Null((await tool.ConfigurationAsync()).Exception);
        var exception = Assert.IsType<AggregateException>((await other.ConfigurationAsync()).Exception);
        Assert.Contains("'empty2' is not available", exception.InnerException!.Message);
    }

    [Fact]
    public async Task External_services_are_injected_by_the_scheme_of_their_address()
    {
        var app = Models.ToRun("--Parameters:payments-url=http://pay.example/v1/");
        var stripe = app.AddExternalService("stripe", "https://api.stripe.com/");
        var payments = app.AddExternalService("payments", app.AddParameter("payments-url"));
        var tool = app.AddExecutable("tool", "ls", ".").WithReference(stripe).WithReference(payments).WithReference("docs", new Uri("http://docs.example/"));

        var variables = (await tool.ConfigurationAsync()).EnvironmentVariables.ToDictionary();

        Assert.Equal("https://api.stripe.com/", variables["services__stripe__https__0"]);
        Assert.Equal("https://api.stripe.com/", variables["STRIPE"]);
        Assert.Equal("http://pay.example/v1/", variables["services__payments__http__0"]);
        Assert.Equal("http://pay.example/v1/", variables["PAYMENTS_HTTP"]);
        Assert.Equal("http://docs.example/", variables["services__docs__default__0"]);
    }

    [Fact]
    public async Task An_external_service_with_a_bad_address_is_named_with_its_parameter()
    {
        var app = Models.ToRun("--Parameters:payments-url=not an address");
        var payments = app.AddExternalService("payments", app.AddParameter("payments-url"));
        var tool = app.AddExecutable("tool", "ls", ".").WithReference(payments);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(tool.ConfigurationAsync);
        Assert.Contains("'payments-url'", exception.Message);
        Assert.Contains("'tool'", exception.Message);
        Assert.Throws<ArgumentException>(() => app.AddExternalService("relative", "path"));
    }

    [Fact]
    public async Task What_references_inject_can_be_chosen()
    {
        var app = Models.ToPublish();
        var web = app.AddProject<WebProject>("web");
        var tool = app.AddExecutable("tool", "ls", ".").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery).WithReference(web);

        Assert.Equal(["services__web__http__0", "services__web__https__0"], (await tool.UnresolvedEnvironmentAsync()).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Arguments_can_be_texts_values_and_builders()
    {
        var app = Models.ToRun("--Parameters:key=secret");
        var key = app.AddParameter("key", secret: true);
        var tool = app.AddExecutable("tool", "ls", ".", "-l").WithArgs("--key", key, ReferenceExpression.Create($"<{key}>"));

        var arguments = (await tool.ConfigurationAsync()).Arguments.ToList();

        Assert.Equal([("-l", false), ("--key", false), ("secret", true), ("<secret>", true)], arguments);
        Assert.Equal(2, tool.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Count(r => r.Resource == key.Resource));
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var tool = Models.ToRun().AddExecutable("tool", "ls", ".");

        var exception = Assert.Throws<DistributedApplicationException>(() => tool.WaitFor(tool));
        Assert.Equal("The 'tool' resource cannot wait for itself.", exception.Message);
    }

    [Fact]
    public void Waiting_is_annotated_and_shown()
    {
        var app = Models.ToRun();
        var migration = app.AddExecutable("migration", "ls", ".");
        var tool = app.AddExecutable("tool", "ls", ".").WaitForCompletion(migration, exitCode: 3);

        var wait = Assert.Single(tool.Resource.Annotations.OfType<WaitAnnotation>());
        Assert.Equal((migration.Resource, WaitType.WaitForCompletion, 3), (wait.Resource, wait.WaitType, wait.ExitCode));
        Assert.Equal("WaitFor", Assert.Single(tool.Resource.Annotations.OfType<ResourceRelationshipAnnotation>()).Type);
    }
}
