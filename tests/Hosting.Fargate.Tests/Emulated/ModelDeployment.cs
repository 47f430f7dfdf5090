using Amazon;
using Amazon.Runtime;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Status;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Emulator = Testing.Fargate.EmulatedAws;
using StackDeployment = Hosting.Fargate.Deploying.DeploySession;

namespace Hosting.Fargate.Tests.Emulated;

/// <summary>
/// The parts of <c>deploy</c> and <c>destroy --data</c> that change stacks, in their order and in this process: all but images and tasks
/// that run once.
/// </summary>
internal sealed class ModelDeployment : IDisposable
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly Publication _publication;
    private readonly AwsClients _aws;
    private readonly StackDeployment _deployment;

    public ModelDeployment(Emulator emulator, Publication publication)
    {
        _publication = publication;
        _aws = new AwsClients(new AwsTarget("shop", Emulator.Region, null), retries: 0, configure: config =>
        {
            config.ServiceURL = emulator.Url;
            config.AuthenticationRegion = Emulator.Region;
            config.DefaultAWSCredentials = new BasicAWSCredentials("test", "test");
        });
        var account = new AwsAccount("123456789012", Emulator.Region, "aws", "arn:aws:iam::123456789012:user/alice");
        _deployment = new StackDeployment(
            publication.Application,
            publication.Templates,
            _aws,
            account,
            DeployToken.ForThisProcess("alice", DateTime.UtcNow),
            NullLogger.Instance
        );
    }

    /// <summary>Makes or changes both stacks; the application's anew where deploy refuses to change it into this.</summary>
    /// <param name="cancellationToken">Ends it as a killed process ends: what CloudFormation does goes on.</param>
    public async Task DeployAsync(CancellationToken cancellationToken = default)
    {
        if (await ProblemAsync() is not null)
        {
            await DeleteAsync((await _deployment.Stacks.FindAsync(_deployment.Name, s_none))!);
        }

        var foundations = new FoundationRollout(_deployment);
        var foundation = await foundations.AddAsync(s_none);
        var before = await _deployment.Stacks.FindAsync(_deployment.Name, s_none);
        using var edge = new EdgeStage(_deployment);
        var (target, changes) = await ChangeAsync(foundation, edge);
        if (changes is not null)
        {
            await new ApplicationRollout(_deployment).ExecuteAsync(target, changes, cancellationToken);
        }

        var after = await _deployment.Stacks.FindAsync(_deployment.Name, s_none);
        if (await edge.AfterAsync(foundation, before, after, s_none) is { } inTheEnd)
        {
            await inTheEnd();
        }

        await foundations.PruneAsync(foundation, s_none);
    }

    /// <summary>What CloudFormation would do to the application's stack, which it does not do then.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync()
    {
        using var edge = new EdgeStage(_deployment);
        var (_, changes) = await ChangeAsync(await new FoundationRollout(_deployment).AddAsync(s_none), edge);
        await _deployment.ChangeSets.DiscardAsync(changes!, s_none);
        return PlannedChange.From(changes!);
    }

    /// <summary>What <c>status</c> says, of a model with these services.</summary>
    public Task<ApplicationStatus> StatusAsync(params string[] services) =>
        new StatusReader(new StatusScope(_publication.Application.Name, [.. services]), _aws, _deployment.Account).ReadAsync(s_none);

    /// <summary>What a plan says of the snapshots of databases that it would make.</summary>
    public async Task<IReadOnlyList<string>> EarlierSnapshotsAsync()
    {
        using var calls = new PlainCalls(_aws, _deployment.Account);
        return await DatabaseSnapshots.OfEarlierAsync(
            calls,
            _publication.Application,
            TemplateComparison.Changes(_deployment.Name, null, _deployment.Root),
            s_none
        );
    }

    /// <summary>The databases that would leave a snapshot where the application's stack is deleted.</summary>
    public async Task<FinalSnapshots> SnapshotsAsync() =>
        await FinalSnapshots.OfAsync(_deployment, (await _deployment.Stacks.FindAsync(_deployment.Name, s_none))!, s_none);

    private async Task<(StackTarget Target, ChangeSet? Changes)> ChangeAsync(LiveStack foundation, EdgeStage edgeStage)
    {
        var given = await GivenValues.ReadAsync([], new ConfigurationBuilder().Build(), s_none);
        foreach (
            var name in _publication
                .Application.Secrets.Where(secret => !secret.HoldsKeys)
                .Select(secret => secret.Name)
                .Distinct(StringComparer.Ordinal)
        )
        {
            given.Answer(name, $"the value of {name}");
        }

        var versions = await new SecretValues(_aws.Secrets, _publication.Application, given, TimeProvider.System).PutAsync(s_none);
        var live = await _deployment.Readiness.PrepareAsync(_deployment.Name, isDisposable: true, s_none);
        Dictionary<string, string> edge = new()
        {
            [EdgeComposer.PrefixListParameter] = "pl-0123456789abcdef0",
            [EdgeComposer.ZonesParameter] = "us-east-1a,us-east-1b,us-east-1c",
        };
        foreach (var (output, value) in await edgeStage.BeforeAsync(live, s_none))
        {
            edge[output] = value;
        }

        var parameters = ApplicationParameters.Of(
            _deployment,
            given,
            foundation,
            live,
            Images(),
            versions.ToDictionary(version => version.Secret.VersionParameterId, version => version.VersionId, StringComparer.Ordinal),
            edge
        );
        var target = new ApplicationRollout(_deployment).Target(
            foundation,
            _publication.Cost,
            parameters,
            new LeftServers(_deployment.Root, [], [])
        );
        return (target, await _deployment.ChangeSets.CreateAsync(target, live, s_none));
    }

    /// <summary>Why deploy refuses to change what is there into this; null where it does not.</summary>
    public async Task<string?> ProblemAsync() =>
        await _deployment.Stacks.FindAsync(_deployment.Name, s_none) is { HoldsResources: true } before
            ? await _deployment.ProblemOfChangeAsync(before, await _deployment.Stacks.TemplateAsync(before, s_none), s_none)
            : null;

    /// <summary>Deletes the application's stack, its databases let go before.</summary>
    private async Task DeleteAsync(LiveStack application)
    {
        await (await FinalSnapshots.OfAsync(_deployment, application, s_none)).ReleaseAsync(s_none);
        await _deployment.Readiness.DeleteAsync(application, s_none);
    }

    /// <summary>Deletes both stacks, and the data.</summary>
    public async Task DestroyAsync()
    {
        if (await _deployment.Stacks.FindAsync(_deployment.Name, s_none) is { } application)
        {
            await DeleteAsync(application);
        }

        using var edge = new EdgeRollout(_deployment);
        if (await edge.FindAsync(s_none) is { } stack)
        {
            await edge.DeleteAsync(stack, s_none);
        }

        var foundation = await _deployment.Stacks.FindAsync(_deployment.FoundationName, s_none);
        await (await FoundationRemoval.ReadAsync(_deployment, foundation!, s_none)).ExecuteAsync(s_none);
    }

    public void Dispose() => _aws.Dispose();

    private Dictionary<string, string> Images() =>
        _publication
            .Templates.Application.Parameters.Where(parameter =>
                (parameter.Value.At("AllowedPattern").AsText() ?? "").Contains("sha256", StringComparison.Ordinal)
            )
            .ToDictionary(parameter => parameter.Key, _ => $"shop/image@sha256:{new string('a', 64)}", StringComparer.Ordinal);
}
