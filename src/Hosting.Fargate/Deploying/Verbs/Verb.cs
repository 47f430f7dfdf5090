using System.Globalization;
using Amazon.Runtime;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Images;
using Hosting.Fargate.Reading;
using Hosting.Fargate.Reporting;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

#pragma warning disable ASPIREPIPELINES001 // Verbs are steps of the pipeline.

/// <summary>What all verbs do first and last: find the account, and turn what AWS says into something to act on.</summary>
internal class Verb
{
    private readonly PipelineStepContext _context;
    private GivenValues? _given;

    protected Verb(PipelineStepContext context, StackSession session)
    {
        _context = context;
        Session = session;
        Configuration = context.Services.GetRequiredService<IConfiguration>();
        Questions = new Questions(context.Services);
    }

    /// <summary>The account and the stacks.</summary>
    public StackSession Session { get; }

    public IConfiguration Configuration { get; }

    public DistributedApplicationModel Model => _context.Model;

    public Questions Questions { get; }

    public CancellationToken CancellationToken => _context.CancellationToken;

    public PipelineSummary Summary => _context.Summary;

    /// <summary>
    /// Does a verb that looks at what is deployed, or takes it away. The model is not read: it may be one that publish refuses.
    /// </summary>
    /// <exception cref="DistributedApplicationException">It failed; the message says what to do.</exception>
    public static Task RunAsync(PipelineStepContext context, FargateEnvironmentResource environment, Func<Verb, Task> run)
    {
        var name = StackNames.From(context.Services.GetRequiredService<IConfiguration>()).NameOf(environment);
        return RunAsync(
            context,
            environment,
            (aws, account) =>
                new Verb(
                    context,
                    new StackSession(
                        name,
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

    protected static DeployToken TokenFor(PipelineStepContext context, AwsAccount account) =>
        DeployToken.ForThisProcess(
            context.Services.GetRequiredService<IConfiguration>()["Fargate:User"] ?? account.CallerName,
            (context.Services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow().UtcDateTime
        );

    protected static async Task RunAsync<T>(
        PipelineStepContext context,
        FargateEnvironmentResource environment,
        Func<AwsClients, AwsAccount, T> create,
        Func<T, Task> run
    )
        where T : Verb
    {
        var lifetime = context.Services.GetRequiredService<IHostApplicationLifetime>();
        T? verb = null;
        try
        {
            using var aws = new AwsClients(
                AwsTarget.Of(environment),
                AwsClients.TimeoutOf(context.Services.GetRequiredService<IConfiguration>())
            );
            verb = create(aws, await AwsAccount.ReadAsync(aws, context.CancellationToken));
            context.Logger.LogInformation(
                "{Application} in account {Account}, {Region}, as {Caller}",
                verb.Session.Name,
                verb.Session.Account.Id,
                aws.Region.SystemName,
                verb.Session.Account.CallerName
            );
            await run(verb);
        }
        catch (Exception exception) when (verb?._given?.Redact(exception.Message) is { } shown && shown != exception.Message)
        {
            // The exception itself stays behind: what it says goes wherever exceptions are written.
            ExitWith(lifetime, 1);
            throw new DistributedApplicationException(
                exception is AmazonServiceException answer ? AwsFailure.Describe(answer, shown) : shown
            );
        }
        catch (AmazonServiceException exception)
        {
            ExitWith(lifetime, 1);
            throw new DistributedApplicationException(AwsFailure.Describe(exception), exception);
        }
        catch (ImageDeploymentException exception)
        {
            ExitWith(lifetime, 1);
            throw new DistributedApplicationException(
                $"{exception.Message}\nNo service has changed. Images that could be made are in their repositories, and are not made again.",
                exception
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or AmazonClientException or IOException or TimeoutException)
        {
            ExitWith(lifetime, 1);
            throw new DistributedApplicationException(
                $"AWS could not be reached: {exception.Message} Nothing that was done is lost: run the same command again.",
                exception
            );
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            ExitWith(lifetime, 1);
            throw new DistributedApplicationException(
                "AWS did not answer in time. Nothing that was done is lost: run the same command again."
            );
        }
        catch
        {
            ExitWith(lifetime, verb?.FailsWith ?? 1);
            throw;
        }
    }

    protected async Task<GivenValues> GivenAsync(IEnumerable<ParameterResource> sources) =>
        _given = await GivenValues.ReadAsync(sources, Configuration, CancellationToken);

    /// <summary>One part of a verb, with its own line and duration.</summary>
    public async Task<T> PhaseAsync<T>(string title, Func<Task<T>> run, Func<T, string?>? outcome = null)
    {
        await using var task = await _context.ReportingStep.CreateTaskAsync(title, CancellationToken);
        try
        {
            var result = await run();
            var said = outcome?.Invoke(result);

            // The CLI shows what is said here in place of the title.
            await task.CompleteAsync(
                said is not null && FargateConsole.HasCli ? $"{title}: {said}" : said,
                CompletionState.Completed,
                CancellationToken
            );
            return result;
        }
        catch (Exception exception)
        {
            await task.CompleteAsync(
                exception is OperationCanceledException ? "stopped" : null,
                CompletionState.CompletedWithError,
                CancellationToken.None
            );
            throw;
        }
    }

    public Task PhaseAsync(string title, Func<Task> run) => PhaseAsync(title, async () =>
        {
            await run();
            return true;
        });

    /// <summary>What the process ends with where the verb fails.</summary>
    public int FailsWith { get; set; } = 1;

    /// <summary>What the process ends with, whatever the host says in its end.</summary>
    public void ExitWith(int code) => ExitWith(_context.Services.GetRequiredService<IHostApplicationLifetime>(), code);

    protected static void ExitWith(IHostApplicationLifetime lifetime, int code) =>
        lifetime.ApplicationStopped.Register(() => Environment.ExitCode = code);
}
