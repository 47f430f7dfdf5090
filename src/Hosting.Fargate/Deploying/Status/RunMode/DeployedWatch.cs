using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Aws;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>
/// Looks at what is deployed and publishes it as the state of a resource. Whatever fails becomes advice there: it is nothing that
/// running the application here could fail by, or that its console should speak of.
/// </summary>
internal sealed class DeployedWatch(
    AwsTarget target,
    StatusScope scope,
    DeployedStackResource stack,
    DeployedHealth health,
    ResourceNotificationService notifications,
    IConfiguration configuration
)
{
    /// <summary>How long a look may take in all, every try of every call included.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often to look, unless the configuration says it. The calls cost nothing, but all that is done in an account and region
    /// shares their limits: a dozen calls a minute are not felt by a deploy, and a minute is soon enough for a page beside other work.
    /// </summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(60);

    /// <summary>How often while something changes: that is when somebody looks.</summary>
    private static readonly TimeSpan s_intervalOfChange = TimeSpan.FromSeconds(10);

    /// <summary>Few: it is looked again soon, and until then the page can say what is wrong.</summary>
    private const int Retries = 2;

    private readonly SemaphoreSlim _one = new(1, 1);
    private Outlook _outlook = Outlook.SameForNow;
    private long? _lookedAt;

    private enum Outlook
    {
        /// <summary>Nothing to see until somebody does something.</summary>
        SameUntilAsked,

        /// <summary>Something is there, or may be found once it is tried again.</summary>
        SameForNow,

        /// <summary>A deploy or a rollout goes on.</summary>
        Changing,
    }

    /// <summary>What <c>status</c> would print, as of the last look that saw something.</summary>
    public string Text { get; private set; } = "";

    /// <summary>
    /// Looks now, and again as long as there is a stack. Without one, or without credentials, there is no more call until somebody
    /// asks for it: most who run an application here have not deployed it.
    /// </summary>
    public async Task FollowAsync(CancellationToken stopping)
    {
        var interval = configuration.GetValue<double?>("Fargate:RefreshSeconds") is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : s_interval;
        if (interval <= TimeSpan.Zero)
        {
            await PublishAsync(
                new StatusAdvice("Nobody has looked yet, since Fargate:RefreshSeconds is 0. Refresh to do so.", IsPassing: false)
            );
            return;
        }

        using var timer = new PeriodicTimer(interval < s_intervalOfChange ? interval : s_intervalOfChange);
        try
        {
            do
            {
                if (IsDue(interval))
                {
                    await RefreshAsync(stopping);
                }
            } while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    /// <summary>Looks now. Returns why nothing could be read; null where it could.</summary>
    public async Task<StatusAdvice?> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            // On a thread of its own: the SDK reads files, and may start a program, before its first await.
            var (account, status) = await Task.Run(() => ReadAsync(patience.Token), patience.Token).WaitAsync(patience.Token);
            await PublishAsync(account, status);
            _outlook =
                status.Application.Stack is null ? Outlook.SameUntilAsked
                : status.IsChanging ? Outlook.Changing
                : Outlook.SameForNow;
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var advice = StatusAdvice.Of(exception);
            await PublishAsync(advice);
            _outlook = advice.IsPassing ? Outlook.SameForNow : Outlook.SameUntilAsked;
            return advice;
        }
        finally
        {
            _lookedAt = Stopwatch.GetTimestamp();
            _one.Release();
        }
    }

    private bool IsDue(TimeSpan interval) =>
        _lookedAt is not { } lookedAt
        || _outlook == Outlook.Changing
        || (_outlook == Outlook.SameForNow && Stopwatch.GetElapsedTime(lookedAt) >= interval);

    private async Task<(AwsAccount Account, ApplicationStatus Status)> ReadAsync(CancellationToken cancellationToken)
    {
        if (CredentialsAtHand.Advice(target) is { } advice)
        {
            throw new DistributedApplicationException(advice);
        }

        using var aws = new AwsClients(target, AwsClients.TimeoutOf(configuration), Retries, asksInstance: false);
        var account = await AwsAccount.ReadAsync(aws, cancellationToken);
        return (account, await new StatusReader(scope, aws, account).ReadAsync(cancellationToken));
    }

    private Task PublishAsync(AwsAccount account, ApplicationStatus status)
    {
        health.Set(status);
        Text = string.Join(Environment.NewLine, StatusText.Lines(status, new ConsoleLinks(account.Partition, account.Region)));
        return PublishAsync(snapshot => DeployedSnapshots.Read(snapshot, status, account));
    }

    private Task PublishAsync(StatusAdvice advice) => PublishAsync(snapshot => DeployedSnapshots.Unread(snapshot, advice.Text));

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(stack, change);
}
