using Aspire.Hosting.Pipelines;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Images;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Fargate.Deploying.Verbs;

#pragma warning disable ASPIREPIPELINES001 // Verbs are steps of the pipeline.

/// <summary>What a verb has that goes by the model: what publishing makes of it.</summary>
internal sealed class PublishedVerb : Verb
{
    private PublishedVerb(
        PipelineStepContext context,
        FargateEnvironmentResource environment,
        Publication publication,
        DeploySession session
    )
        : base(context, session)
    {
        AppHostDirectory = environment.AppHostDirectory;
        Images = new ImageDeployment(session.Aws.Ecr, Path.Combine(AppHostDirectory, "obj", "fargate"), context.Logger, session.Time);
        Publication = publication;
        Deployment = session;
        Sites = new SiteDeployment(session, Path.Combine(AppHostDirectory, "obj", "fargate"));
    }

    public Publication Publication { get; }

    public ImageDeployment Images { get; }

    public SiteDeployment Sites { get; }

    public string AppHostDirectory { get; }

    public DeploySession Deployment { get; }

    /// <summary>The values that are given here; what AWS may repeat of them is redacted from now on.</summary>
    /// <param name="isNeeded">Whether all have to be there that are to be had: who only plans may not read each.</param>
    public async Task<GivenValues> GivenAsync(bool isNeeded)
    {
        var given = await GivenAsync(Deployment.Application.Sources);
        await ExistingPasswords.TakeAsync(given, Deployment.Application, Deployment.Aws.Secrets, isNeeded, CancellationToken);
        return given;
    }

    /// <summary>Reads the model, and does a verb for it.</summary>
    /// <exception cref="Aspire.Hosting.DistributedApplicationException">The model is refused, or the verb failed; the message says what to
    /// do.</exception>
    public static async Task RunAsync(PipelineStepContext context, FargateEnvironmentResource environment, Func<PublishedVerb, Task> run)
    {
        Publication publication;
        try
        {
            publication = Publication.Create(await PublishStep.ReadAsync(context, environment), environment.TemplateConfigurations);
        }
        catch
        {
            ExitWith(context.Services.GetRequiredService<IHostApplicationLifetime>(), 1);
            throw;
        }

        await RunAsync(
            context,
            environment,
            (aws, account) =>
                new PublishedVerb(
                    context,
                    environment,
                    publication,
                    new DeploySession(
                        publication.Application,
                        publication.Templates,
                        aws,
                        account,
                        TokenFor(context, account),
                        context.Logger,
                        context.Services.GetService<LiveConsole>(),
                        context.Services.GetService<TimeProvider>()
                    )
                ),
            run
        );
    }
}
