using Aspire.Hosting;
using Aspire.Hosting.Pipelines;

// Steps that end in every way a step can. PipelineProcessTests looks at what the process then does.
var builder = DistributedApplication.CreateBuilder(args);
builder.Pipeline.AddStep("well", context =>
{
    context.Summary.Add("Address", "http://example.com");
    return Task.CompletedTask;
});
builder.Pipeline.AddStep("throws", _ => throw new InvalidOperationException("There is no bucket."), dependsOn: "well");
builder.Pipeline.AddStep("says-so", context => context.ReportingStep.FailAsync("The bucket is full."));
builder.Pipeline.AddStep("waits", async context =>
{
    await Console.Out.WriteLineAsync("waiting");
    try
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
    }
    finally
    {
        await Console.Out.WriteLineAsync("told to stop");
    }
});
if (builder.Configuration["BreakStart"] is not null)
{
    builder.Pipeline.AddStep("breaks", _ => throw new DistributedApplicationException("It cannot start."), requiredBy: WellKnownPipelineSteps.BeforeStart);
}

builder.Build().Run();
