using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Tests.Testing;

public sealed class TestingBuilderTests
{
    private static readonly Type s_entryPoint = Type.GetType("Program, Pipelines.AppHost", throwOnError: true)!;
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;

    [Fact]
    public async Task An_application_starts_with_what_the_test_added_and_ends_with_the_test()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, _deadline);
        builder.AddParameter("added", "by the test");
        var app = await builder.BuildAsync(_deadline);
        await app.StartAsync(_deadline);

        Assert.Contains(app.Services.GetRequiredService<DistributedApplicationModel>().Resources, resource => resource.Name == "added");
        var stopped = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped;
        Assert.False(stopped.IsCancellationRequested);
        await app.DisposeAsync();
        Assert.True(stopped.IsCancellationRequested);
    }

    [Fact]
    public async Task An_application_runs_with_the_options_and_the_command_line_of_the_test()
    {
        var hasDashboard = true;
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync(
            s_entryPoint,
            ["--Setting", "value"],
            (options, settings) =>
            {
                hasDashboard = !options.DisableDashboard;
                settings.EnvironmentName = "Testing";
            },
            _deadline);
        Assert.False(hasDashboard);
        Assert.Equal("value", builder.Configuration["Setting"]);
        Assert.Equal("true", builder.Configuration["DcpPublisher:RandomizePorts"]);
        Assert.Equal("Testing", builder.Environment.EnvironmentName);
        Assert.Equal("Pipelines.AppHost", builder.Environment.ApplicationName);
    }

    [Fact]
    public async Task What_keeps_an_application_from_starting_reaches_the_test()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, ["--BreakStart", "true"], _deadline);
        await using var app = await builder.BuildAsync(_deadline);
        var failure = await Assert.ThrowsAnyAsync<DistributedApplicationException>(() => app.StartAsync(_deadline));
        Assert.Equal("It cannot start.", failure.Message);
    }

    [Fact]
    public async Task What_keeps_an_entry_point_from_building_reaches_the_test()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, ["--operation", "dance"], _deadline));
        Assert.Contains("dance", failure.Message);
    }

    [Fact]
    public async Task A_builder_that_never_builds_can_be_disposed_and_built_no_more()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, _deadline);
        await builder.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => builder.BuildAsync(_deadline));
    }

    [Fact]
    public async Task Several_applications_of_one_entry_point_run_at_the_same_time()
    {
        await using var one = await DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, ["--Number", "1"], _deadline);
        await using var two = await DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, ["--Number", "2"], _deadline);
        await using var first = await one.BuildAsync(_deadline);
        await using var second = await two.BuildAsync(_deadline);
        await Task.WhenAll(first.StartAsync(_deadline), second.StartAsync(_deadline));
        Assert.Equal("1", one.Configuration["Number"]);
        Assert.Equal("2", two.Configuration["Number"]);
    }

    [Fact]
    public async Task A_resource_is_asked_for_by_name_once_the_application_has_started()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync(s_entryPoint, ["--ConnectionStrings:database=Host=db"], _deadline);
        builder.AddConnectionString("database");
        await using var app = await builder.BuildAsync(_deadline);
        await app.StartAsync(_deadline);
        Assert.Equal("Host=db", await app.GetConnectionStringAsync("database", _deadline));
        Assert.Contains("no-such", Assert.Throws<ArgumentException>(() => app.GetEndpoint("no-such")).Message);
        Assert.Throws<ArgumentException>(() => app.CreateHttpClient("database"));
    }
}
