using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class ProjectTests
{
    [Fact]
    public void Published_a_web_project_has_http_and_https_whatever_its_profile()
    {
        var web = Models.ToPublish().AddProject<WebProject>("web");
        var worker = Models.ToPublish().AddProject<WorkerProject>("worker");

        Assert.Equal(["http", "https"], web.Resource.GetEndpoints().Select(e => e.EndpointName));
        Assert.All(web.Resource.GetEndpoints(), e => Assert.Null(e.TargetPort));
        Assert.Empty(worker.Resource.GetEndpoints());
    }

    [Fact]
    public async Task Published_it_is_told_the_ports_of_http_alone()
    {
        var variables = await Models.ToPublish().AddProject<WebProject>("web").UnresolvedEnvironmentAsync();

        var ports = Assert.IsType<ReferenceExpression>(variables["HTTP_PORTS"]);
        Assert.Equal("{web.bindings.http.targetPort}", ports.ValueExpression);
        Assert.DoesNotContain("HTTPS_PORTS", variables.Keys);
        Assert.Equal("true", variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
        Assert.DoesNotContain(variables.Keys, name => name.StartsWith("OTEL_EXPORTER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_it_has_the_endpoints_and_variables_of_its_first_project_profile()
    {
        var web = Models.ToRun().AddProject<WebProject>("web");
        Models.Allocate(web.GetEndpoint("http"), 5180, "39000");

        var variables = (await web.ConfigurationAsync()).EnvironmentVariables.ToDictionary();

        Assert.Equal(5180, Assert.Single(web.Resource.Annotations.OfType<EndpointAnnotation>()).Port);
        Assert.Equal("http://localhost:39000", variables["ASPNETCORE_URLS"]);
        Assert.Equal("Development", variables["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("http", variables["DOTNET_LAUNCH_PROFILE"]);
    }

    [Fact]
    public async Task A_second_address_of_a_scheme_gets_a_number()
    {
        var web = Models.ToRun().AddProject<WebProject>("web", "both");
        foreach (var (endpoint, port) in web.Resource.GetEndpoints().Zip([7180, 5180, 5181]))
        {
            Models.Allocate(endpoint, port, $"{port + 30000}");
        }

        var variables = (await web.ConfigurationAsync()).EnvironmentVariables.ToDictionary();

        Assert.Equal(["https", "http", "http2"], web.Resource.GetEndpoints().Select(e => e.EndpointName));
        Assert.Equal("https://localhost:37180;http://localhost:35180;http://localhost:35181", variables["ASPNETCORE_URLS"]);
        Assert.Equal("7180", variables["ASPNETCORE_HTTPS_PORT"]);
    }

    [Fact]
    public void A_profile_that_is_not_there_is_named_with_those_that_are()
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => Models.ToRun().AddProject<WebProject>("web", "https"));

        Assert.Contains("'https' was not found", exception.Message);
        Assert.Contains("container, http, both", exception.Message);
    }

    [Fact]
    public void Without_a_profile_there_are_no_endpoints() =>
        Assert.Empty(Models.ToRun().AddProject<WebProject>("web", launchProfileName: null).Resource.GetEndpoints());

    [Fact]
    public async Task Settings_of_Kestrel_win_over_the_launch_profile()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "appsettings.json"), """
                { "Kestrel": { "EndpointDefaults": { "Protocols": "Http2" }, "Endpoints": { "grpc": { "Url": "http://localhost:6001" } } } }
                """);
            Directory.CreateDirectory(Path.Combine(directory.FullName, "Properties"));
            File.WriteAllText(Path.Combine(directory.FullName, "Properties", "launchSettings.json"), """
                { // comments and trailing commas are allowed
                  "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:5180", }, } }
                """);

            var web = Models.ToRun().AddProject("web", Path.Combine(directory.FullName, "Web.csproj"));
            Models.Allocate(web.GetEndpoint("http"), 6001, "39000");

            var endpoint = Assert.Single(web.Resource.Annotations.OfType<EndpointAnnotation>());
            Assert.Equal((6001, "http2"), (endpoint.Port, endpoint.Transport));
            var variables = (await web.ConfigurationAsync()).EnvironmentVariables.ToDictionary();
            Assert.Equal("http://localhost:39000", variables["Kestrel__Endpoints__http__Url"]);
            Assert.DoesNotContain("ASPNETCORE_URLS", variables.Keys);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Telemetry_goes_to_the_dashboard_where_there_is_one()
    {
        var none = await Models.ToRun().AddProject<WorkerProject>("worker").UnresolvedEnvironmentAsync();
        var app = Models.ToRun("--environment", "Development", "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317", "--AppHost:OtlpApiKey=key");
        var some = (await app.AddProject<WorkerProject>("worker").ConfigurationAsync()).EnvironmentVariables.ToDictionary();

        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", none.Keys);
        Assert.Equal("http://localhost:4317", some["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", some["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("x-otlp-api-key=key", some["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("worker", some["OTEL_SERVICE_NAME"]);
        Assert.Equal("1000", some["OTEL_BSP_SCHEDULE_DELAY"]);
    }

    [Fact]
    public void A_health_check_prefers_https_and_says_where_there_is_none()
    {
        var web = Models.ToPublish().AddProject<WebProject>("web").WithHttpHealthCheck("/health");
        var worker = Models.ToPublish().AddProject<WorkerProject>("worker");

        Assert.Equal("web_https_/health_200_check", Assert.Single(web.Resource.Annotations.OfType<HealthCheckAnnotation>()).Key);
        var exception = Assert.Throws<DistributedApplicationException>(() => worker.WithHttpHealthCheck());
        Assert.Contains("'worker'", exception.Message);
        Assert.Throws<DistributedApplicationException>(() => web.WithHttpHealthCheck("/health"));
    }
}
