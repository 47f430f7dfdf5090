using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Images;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary>
/// <c>deploy</c>: plan, foundation, secret values, images, tasks that run once, application, first request, and what left the model. Each
/// part can be cut off and done again: what is done already is found done.
/// </summary>
internal sealed class DeployVerb(PublishedVerb verb)
{
    private readonly DeploySession _session = verb.Deployment;
    private readonly KeptDatabases _kept = new(verb.Deployment, verb.Configuration[DataLoss.Key]);

    private FargateApplication Application => _session.Application;

    public async Task ExecuteAsync()
    {
        var given = await verb.GivenAsync(isNeeded: true);
        var there = await _session.FindAsync(verb.CancellationToken);
        var first = there.Application is { HoldsResources: true } ? null : new FirstDeploy(_session);
        await verb.PhaseAsync("preflight", () => PreflightAsync(given, there, first));
        var edge = await new EdgeParameters(_session, there.Application, verb.CancellationToken).FindAsync();
        var plan = await PlanAsync(given);
        if (first is not null)
        {
            await first.MakeRolesAsync(verb.CancellationToken);
        }

        var rollout = new FoundationRollout(_session);
        var foundation = await verb.PhaseAsync(
            "foundation",
            () => rollout.AddAsync(verb.CancellationToken),
            _ => plan.Says(Application.FoundationName)
        );
        var versions = await PutSecretsAsync(given);
        var images = await PushAsync(plan, given);
        if (Application.Sites.Length > 0)
        {
            await verb.PhaseAsync(
                "files of sites",
                () => verb.Sites.SendAsync(foundation, given, verb.CancellationToken),
                sent => sent > 0 ? $"{sent} sent" : "unchanged"
            );
        }

        var live = await _session.Readiness.PrepareAsync(Application.Name, isDisposable: true, verb.CancellationToken, stack =>
            _kept.ReleaseAsync(stack, verb.CancellationToken)
        );
        using var edgeStage = new EdgeStage(_session);
        if (edgeStage.ComesFirst)
        {
            var made = await verb.PhaseAsync(
                "edge",
                () => edgeStage.BeforeAsync(live, verb.CancellationToken),
                _ => plan.Says(Application.EdgeName)
            );
            edge = edge.Concat(made).ToDictionary(StringComparer.Ordinal);
        }

        var parameters = ApplicationParameters.Of(
            _session,
            given,
            foundation,
            live,
            images.ToDictionary(image => image.ParameterId, image => image.Reference!, StringComparer.Ordinal),
            versions.ToDictionary(version => version.Secret.VersionParameterId, version => version.VersionId, StringComparer.Ordinal),
            edge
        );
        await new DeployRoll(verb).ExecuteAsync(plan, foundation, live, parameters);
        await verb.PhaseAsync("services", async () =>
        {
            await new DesiredCounts(_session).RaiseAsync(verb.CancellationToken);
            await new SecretRollout(_session).RollAsync(versions, verb.CancellationToken);
        });
        var deployed = await _session.Stacks.FindAsync(Application.Name, verb.CancellationToken);
        if (await edgeStage.AfterAsync(foundation, live, deployed, verb.CancellationToken) is { } inTheEnd)
        {
            await verb.PhaseAsync(edgeStage.ComesFirst ? "alarms of the edge" : "edge", inTheEnd);
        }

        if (Application.Sites.Length > 0)
        {
            await verb.PhaseAsync(
                "sites",
                () => verb.Sites.SwitchAsync(foundation, deployed, given, verb.CancellationToken),
                switched => switched > 0 ? $"{switched} switched" : "unchanged"
            );
        }

        await SmokeAsync(deployed);
        var traces = await TracesAsync();
        var pruned = await PruneAsync(rollout, foundation);
        Summarize(deployed, plan, pruned, images.Count(image => image.IsPushed), traces);
    }

    /// <summary>Refuses what cannot go through, and warns of what may not.</summary>
    private async Task PreflightAsync(GivenValues given, LiveStacks there, FirstDeploy? first)
    {
        await new Preflight(_session, given, verb.Questions, _kept).CheckAsync(there.Foundation, there.Application, verb.CancellationToken);
        foreach (var shortage in first is null ? [] : await first.ShortagesAsync(verb.CancellationToken))
        {
            _session.Logger.LogWarning("{Shortage}", shortage);
        }
    }

    /// <summary>Says what would be done to both stacks and has it agreed to, before anything is.</summary>
    private async Task<Plan> PlanAsync(GivenValues given)
    {
        var plan = await verb.PhaseAsync("plan", () => new Planning(verb, given).MakeAsync());
        foreach (var line in PlanText.Lines(plan))
        {
            _session.Logger.LogInformation("{Line}", line);
        }

        DataLoss.Refuse(plan.Changes, Application, verb.Configuration[DataLoss.Key], "Nothing was changed.");
        if (!plan.IsEmpty)
        {
            await verb.Questions.ConfirmAsync(
                $"Deploy '{Application.Name}' to account {_session.Account.Id}, {_session.Account.Region}, as above?",
                verb.CancellationToken
            );
        }

        return plan;
    }

    private async Task<IReadOnlyList<DeployedImage>> PushAsync(Plan plan, GivenValues given)
    {
        if (!plan.ImagesToPush.Any())
        {
            // As the plan has found them. Without any of its own, an application has nothing to say of images.
            return plan.Images.Count == 0
                ? []
                : await verb.PhaseAsync("images", () => Task.FromResult(plan.Images), images => $"{images.Count} unchanged");
        }

        return await verb.PhaseAsync(
            "images",
            async () =>
                await verb.Images.DeployAsync(
                    Application,
                    verb.Model,
                    name => given[name],
                    await GitCommit.FindAsync(verb.AppHostDirectory, verb.CancellationToken),
                    verb.CancellationToken
                ),
            images => $"{images.Count(image => image.IsPushed)} pushed, {images.Count(image => !image.IsPushed)} unchanged"
        );
    }

    private Task<IReadOnlyList<SecretVersion>> PutSecretsAsync(GivenValues given) =>
        verb.PhaseAsync(
            "secret values",
            async () => await new SecretValues(_session.Aws.Secrets, Application, given, _session.Time).PutAsync(verb.CancellationToken),
            versions => versions.Count(version => version.IsNew) is > 0 and var put ? $"{put} put" : "unchanged"
        );

    /// <summary>Takes out what has left the model, and images that nothing refers to any more.</summary>
    private async Task<IReadOnlyList<ResourceChange>> PruneAsync(FoundationRollout rollout, LiveStack foundation)
    {
        var (pruned, _, _, _) = await verb.PhaseAsync(
            "prune",
            async () =>
            {
                var removed = await rollout.PruneAsync(foundation, verb.CancellationToken);
                var (revisions, images) = await new OldImages(_session).DeleteAsync(verb.CancellationToken);
                return (removed, revisions, images, files: await verb.Sites.PruneAsync(foundation, verb.CancellationToken));
            },
            done =>
                done is { revisions: 0, images: 0, files: 0 }
                    ? done.removed.Count == 0
                        ? "nothing to do"
                        : null
                    : $"{done.images} old images and {done.revisions} old revisions of task definitions deleted"
                        + (done.files > 0 ? $", {done.files} old files of sites" : "")
        );
        return pruned;
    }

    private async Task SmokeAsync(LiveStack? deployed)
    {
        var patience = TimeSpan.FromSeconds(verb.Configuration.GetValue("Fargate:SmokeSeconds", 120.0));
        if (deployed?.Outputs.ContainsKey("Url") != true || patience == TimeSpan.Zero)
        {
            return;
        }

        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
        await verb.PhaseAsync("first request", () =>
            new SmokeTest(_session, http, patience).RunAsync(deployed.Outputs, verb.CancellationToken)
        );
    }

    /// <summary>Whether traces arrive: for that the account and region have a switch, which is turned on where that is asked for.</summary>
    /// <returns>What to do where they do not; null where they do, or where nothing sends any.</returns>
    private async Task<string?> TracesAsync()
    {
        if (Application.Workloads.All(workload => workload.Telemetry == Telemetry.None))
        {
            return null;
        }

        var account = _session.Account;
        var search = new TransactionSearch.TransactionSearch(
            _session.Aws.XRay,
            _session.Aws.Logs,
            account.Partition,
            account.Region,
            account.Id
        );
        if (verb.Configuration.GetValue<bool>("Fargate:TransactionSearch"))
        {
            await verb.PhaseAsync("transaction search", () => search.EnableAsync(verb.CancellationToken));
        }

        return search.Describe(await search.ReadAsync(verb.CancellationToken));
    }

    private void Summarize(LiveStack? deployed, Plan plan, IReadOnlyList<ResourceChange> pruned, int pushed, string? traces)
    {
        var of = _session.Application.Name;
        if (deployed?.Outputs.GetValueOrDefault("Url") is { } url)
        {
            verb.Summary.Add($"Address of {of}", url);
            foreach (var address in ServiceAddress.Of(Application).Where(address => deployed.Outputs.ContainsKey(address.OutputId)))
            {
                verb.Summary.Add($"Address of {address.Service.Name}", deployed.Outputs[address.OutputId]);
            }

            foreach (var site in Application.Sites.Where(site => deployed.Outputs.ContainsKey(SiteAddress.OutputId(site))))
            {
                verb.Summary.Add($"Address of {site.Name}", deployed.Outputs[SiteAddress.OutputId(site)]);
            }
        }

        verb.Summary.Add(
            $"Changed for {of}",
            (plan.Changes.Count == 0 ? "nothing" : PlanText.Counts(plan.Changes) + (pushed > 0 ? $"; {pushed} images pushed" : ""))
                + (plan.Sites.Count > 0 ? $"; switched {string.Join(", ", plan.Sites)}" : "")
        );
        foreach (var service in Application.Services)
        {
            verb.Summary.Add($"{service.Name} in ECS", _session.Console.Service(of, service.Name));
            verb.Summary.Add($"{service.Name}'s logs", _session.Console.LogGroup(TaskLog.GroupOf(Application, service)));
        }

        verb.Summary.Add("Trace map", _session.Console.TraceMap());
        verb.Summary.Add("Dashboard", _session.Console.Dashboard(of));
        if (deployed is not null)
        {
            verb.Summary.Add("Stack", _session.Console.Stack(deployed.Id));
        }

        if (traces is not null)
        {
            verb.Summary.Add("Traces", traces);
        }

        foreach (var removed in pruned.Where(change => PlannedChange.From(Application.FoundationName, change).IsStateful))
        {
            verb.Summary.Add(
                "Kept in the account",
                $"{removed.ResourceType} {removed.PhysicalResourceId}: it left the model, and its data stays until somebody deletes it"
            );
        }
    }
}
