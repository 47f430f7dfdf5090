using Amazon.CloudFormation.Model;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Reading;
using Hosting.Fargate.Reporting;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// What every verb works with: an account, the two stacks of an application by name, and the ways to look at them and change them. It knows
/// nothing of the model.
/// </summary>
internal class StackSession
{
    public StackSession(
        string name,
        AwsClients aws,
        AwsAccount account,
        DeployToken token,
        ILogger logger,
        LiveConsole? live = null,
        TimeProvider? time = null
    )
    {
        Name = name;
        Aws = aws;
        Account = account;
        Token = token;
        Live = live;
        Logger = logger;
        Time = time ?? TimeProvider.System;
        Stacks = new StackReader(aws.CloudFormation, Time);
        Store = new TemplateStore(aws, account);
        ChangeSets = new ChangeSets(aws.CloudFormation, Stacks, Store, token);
        Readiness = new StackReadiness(aws.CloudFormation, Stacks, token, logger);
        Console = new ConsoleLinks(account.Partition, account.Region);
    }

    /// <summary>The name of the application, and of its stack.</summary>
    public string Name { get; }

    /// <summary>The name of the foundation's stack.</summary>
    public string FoundationName => StackNames.FoundationOf(Name);

    public AwsClients Aws { get; }

    public AwsAccount Account { get; }

    public DeployToken Token { get; }

    public ILogger Logger { get; }

    /// <summary>Says what is being waited for; null where the Aspire CLI shows what goes on.</summary>
    public LiveConsole? Live { get; }

    /// <summary>The clock by which is waited.</summary>
    public TimeProvider Time { get; }

    public StackReader Stacks { get; }

    public ChangeSets ChangeSets { get; }

    public StackReadiness Readiness { get; }

    public TemplateStore Store { get; }

    /// <summary>Where the AWS console shows it.</summary>
    public ConsoleLinks Console { get; }

    /// <summary>Both stacks as they are now.</summary>
    public async Task<LiveStacks> FindAsync(CancellationToken cancellationToken)
    {
        var foundation = Stacks.FindAsync(FoundationName, cancellationToken);
        var application = Stacks.FindAsync(Name, cancellationToken);
        await Task.WhenAll(foundation, application);
        return new LiveStacks(await foundation, await application);
    }

    /// <summary>The bucket for templates that do not go in a call; null where the foundation has none.</summary>
    public string? TemplatesBucket(LiveStack? foundation) => foundation?.Outputs.GetValueOrDefault(TemplatesBucketComposer.Output);

    /// <summary>Executes a change set, and says what happens until that ends.</summary>
    /// <param name="changes">The change set.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <param name="observe">Is told what happens, besides.</param>
    /// <returns>The stack as it is then, null where it was deleted; and what failed first, where something did.</returns>
    public async Task<(LiveStack? End, string? Failure)> ExecuteAsync(
        ChangeSet changes,
        CancellationToken cancellationToken,
        Action<IReadOnlyList<StackEvent>>? observe = null
    )
    {
        var progress = new StackProgress(Logger, Time, Live);
        var watch = new StackWatch(Stacks, changes.StackId);
        await watch.SkipPastAsync(cancellationToken);
        await ChangeSets.ExecuteAsync(changes, cancellationToken);
        var end = await watch.UntilDoneAsync(
            events =>
            {
                progress.Report(events);
                observe?.Invoke(events);
                return Task.CompletedTask;
            },
            cancellationToken
        );
        return (end, progress.FirstFailure ?? end?.StatusReason);
    }
}

/// <summary>Both stacks of an application.</summary>
/// <param name="Foundation">The foundation's; null where there is none.</param>
/// <param name="Application">The application's; null where there is none.</param>
internal sealed record LiveStacks(LiveStack? Foundation, LiveStack? Application);
