using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Publishing;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Publishing is a step of the pipeline.

/// <summary>Publishing: read, compose, write. It calls nothing and builds nothing.</summary>
internal static class PublishStep
{
    public static async Task ExecuteAsync(PipelineStepContext context, FargateEnvironmentResource environment)
    {
        var publication = await CreateAsync(context, environment);
        var output = context.Services.GetRequiredService<IPipelineOutputService>();
        var isOnly = context.Model.Resources.OfType<FargateEnvironmentResource>().Count() == 1;
        var folder = isOnly ? output.GetOutputDirectory() : output.GetOutputDirectory(environment);
        var isFirst = !File.Exists(Path.Combine(folder, $"{publication.Application.Name}.template.yaml"));
        foreach (
            var same in ToldOnce.Group(publication.Application.Notices.Where(notice => notice.IsWarning || (notice.IsNews && isFirst)))
        )
        {
            context.Logger.Log(
                same[0].IsWarning ? LogLevel.Warning : LogLevel.Information,
                "{Notice}",
                ToldOnce.Sentence(same, name => $"'{name}'")
            );
        }

        var outcomes = await new OutputFolder(folder).WriteAsync(
            publication.Files,
            publication.NestedFolder,
            publication.ImagesFolder,
            context.CancellationToken
        );
        foreach (var line in PublishReport.Lines(publication, outcomes))
        {
            context.Logger.LogInformation("{Line}", line);
        }

        var of = isOnly ? "" : $" of {environment.Name}";
        context.Summary.Add($"Templates{of}", folder);
        context.Summary.Add(
            $"Cost{of}",
            $"about {CostText.Amount(publication.Cost.Minimum, publication.Cost.Maximum)} USD a month, and what is billed by use: see README.md"
        );
    }

    private static async Task<Publication> CreateAsync(PipelineStepContext context, FargateEnvironmentResource environment)
    {
        try
        {
            return Publication.Create(await ReadAsync(context, environment), environment.TemplateConfigurations);
        }
        catch (DistributedApplicationException refusal)
        {
            throw new DistributedApplicationException($"{refusal.Message}\nNothing was written.", refusal);
        }
    }

    /// <summary>The model of an environment, read and checked.</summary>
    public static Task<FargateApplication> ReadAsync(PipelineStepContext context, FargateEnvironmentResource environment)
    {
        var stacks = StackNames.From(context.Services.GetRequiredService<IConfiguration>());
        var host = context.Services.GetRequiredService<IHostEnvironment>();
        return new ModelReader(context.Model, environment, context.ExecutionContext, stacks, host.EnvironmentName).ReadAsync(
            context.CancellationToken
        );
    }
}
