using System.Diagnostics;
using Aws.Ecs.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;
using ServiceDefaults.Tests.Service;

if (args is ["sidecar", var port])
{
    await Sidecar.RunAsync(int.Parse(port));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddHostedService<LastSpan>();
builder.Services.LeaveOutOfTraces(request => request.Path == "/poll");

var app = builder.Build();
var steps = new ActivitySource(builder.Environment.ApplicationName);
app.MapDefaultEndpoints();
app.MapPost("/log", async (HttpRequest request, ILogger<Program> logger) =>
{
    using var reader = new StreamReader(request.Body);
    logger.LogInformation("Got {Text}", await reader.ReadToEndAsync());
    return Activity.Current?.TraceId.ToHexString();
});
app.MapGet("/resource", (TracerProvider tracing) =>
    tracing
        .GetResource()
        .Attributes.ToDictionary(
            attribute => attribute.Key,
            attribute => attribute.Value is string[] list ? string.Join(',', list) : attribute.Value.ToString()
        )
);
app.MapGet("/work", () =>
{
    using var step = steps.StartActivity("a step that works");
});
app.MapGet("/poll", () =>
{
    using var step = steps.StartActivity("a step of a request that is left out");
});
app.MapGet("/fail", () =>
{
    using (steps.StartActivity("a step before the failure")) { }

    using var step = steps.StartActivity("a step that fails");
    step?.SetStatus(ActivityStatusCode.Error);
    return Results.StatusCode(500);
});
app.Run();

/// <summary>Makes a span as late as an application can.</summary>
internal sealed class LastSpan(IHostEnvironment environment) : IHostedService
{
    private readonly ActivitySource _source = new(environment.ApplicationName);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        using var activity = _source.StartActivity("the last span");
        return Task.CompletedTask;
    }
}
