using System.Diagnostics;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddHostedService<LastSpan>();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPost("/log", async (HttpRequest request, ILogger<Program> logger) =>
{
    using var reader = new StreamReader(request.Body);
    logger.LogInformation("Got {Text}", await reader.ReadToEndAsync());
    return Activity.Current?.TraceId.ToHexString();
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
