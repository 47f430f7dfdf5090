using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Tests;

public sealed class ServiceDefaultsTests
{
    [Fact]
    public void A_worker_gets_them_too()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Worker" });

        using var host = builder.AddServiceDefaults().Build();

        Assert.Equal(ConsoleFormatterNames.Json, host.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    [Theory]
    [InlineData("Production", 45)]
    [InlineData("Development", 8)]
    public void A_stop_takes_no_longer_than_whoever_asked_for_it_waits(string environment, int seconds)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });

        using var host = builder.AddServiceDefaults().Build();

        Assert.Equal(TimeSpan.FromSeconds(seconds), host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [Fact]
    public void Configuration_chooses_another_console_format()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection([new("Logging:Console:FormatterName", "systemd")]);

        using var host = builder.AddServiceDefaults().Build();

        Assert.Equal("systemd", host.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Information", true)]
    public void What_ASP_NET_Core_says_of_each_request_is_logged_only_where_it_is_asked_for(string? level, bool expected)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection([
            new("Logging:LogLevel:Microsoft.AspNetCore", level),
            new("Logging:LogLevel:Default", "Information"),
        ]);

        using var host = builder.AddServiceDefaults().Build();

        var loggers = host.Services.GetRequiredService<ILoggerFactory>();
        Assert.Equal(expected, loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information));
        Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Warning));
        Assert.True(loggers.CreateLogger("Application").IsEnabled(LogLevel.Information));
    }

    [Theory]
    [InlineData(null, "Worker")]
    [InlineData("checkout", "checkout")]
    public void A_service_has_the_name_that_it_was_given_or_the_applications(string? given, string expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "Worker", EnvironmentName = "staging" }
        );
        builder.Configuration.AddInMemoryCollection([new("OTEL_SERVICE_NAME", given)]);

        using var host = builder.AddServiceDefaults().Build();

        var resource = host.Services.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary();
        Assert.Equal(expected, resource["service.name"]);
        Assert.Equal("staging", resource["deployment.environment.name"]);
    }

    [Theory]
    [InlineData(null, "http")]
    [InlineData("CloudFront-Forwarded-Proto", "https")]
    public async Task What_browsers_speak_is_said_by_the_header_that_configuration_names(string? header, string expected)
    {
        await using var host = await ObservedHost.StartAsync(
            builder =>
                builder.Configuration.AddInMemoryCollection([
                    new("ForwardedHeaders_Enabled", "true"),
                    new("ForwardedHeaders:ForwardedProtoHeaderName", header),
                ]),
            map: app => app.Map("/scheme", (HttpRequest request) => request.Scheme)
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/scheme");
        request.Headers.Add("X-Forwarded-Proto", "http");
        request.Headers.Add("CloudFront-Forwarded-Proto", "https");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_GET_is_tried_again_and_a_POST_is_not()
    {
        var requests = new Dictionary<string, int> { ["GET"] = 0, ["POST"] = 0 };
        await using var host = await ObservedHost.StartAsync(map: app => app.Map("/busy", (HttpRequest request) =>
            {
                requests[request.Method]++;
                return Results.StatusCode(503);
            }));
        using var client = host.App.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = host.Client.BaseAddress;

        using var posted = await client.PostAsync("/busy", content: null);
        using var got = await client.GetAsync("/busy");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, got.StatusCode);
        Assert.Equal(1, requests["POST"]);
        Assert.True(requests["GET"] > 1);
    }
}
