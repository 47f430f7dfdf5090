// What the host itself takes: a model without anything, whose publishing writes one line.
using Aspire.Hosting.Pipelines;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Publishing is a step of the pipeline.

var builder = DistributedApplication.CreateBuilder(args);
builder.Pipeline.AddStep(
    "publish-nothing",
    context =>
        File.WriteAllTextAsync(
            Path.Combine(
                Directory
                    .CreateDirectory(
                        ((IPipelineOutputService)context.Services.GetService(typeof(IPipelineOutputService))!).GetOutputDirectory()
                    )
                    .FullName,
                "README.md"
            ),
            "Nothing.\n",
            context.CancellationToken
        ),
    requiredBy: WellKnownPipelineSteps.Publish
);
builder.Build().Run();
