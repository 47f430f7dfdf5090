using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Verbs;
using Hosting.Fargate.Images;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>What a deploy would do to the application's stack.</summary>
/// <param name="verb">The verb that plans.</param>
/// <param name="given">The values of the model's parameters.</param>
/// <param name="foundation">The foundation's stack; null where there is none.</param>
/// <param name="live">The application's stack; null where there is none, or where a deploy deletes it first.</param>
/// <param name="left">The template, with what has left the model and stays.</param>
internal sealed class ApplicationPlan(PublishedVerb verb, GivenValues given, LiveStack? foundation, LiveStack? live, LeftServers left)
{
    private readonly DeploySession _session = verb.Deployment;

    /// <param name="before">The template that is deployed; null where none is.</param>
    /// <param name="images">The images of workloads.</param>
    /// <param name="secrets">The paths of secrets that a deploy would put.</param>
    /// <param name="ofEdgeStack">What the stack in us-east-1 gives.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StackPlan> MakeAsync(
        TemplateMap? before,
        IReadOnlyList<DeployedImage> images,
        IReadOnlyList<string> secrets,
        IReadOnlyDictionary<string, string> ofEdgeStack,
        CancellationToken cancellationToken
    )
    {
        var plan = await CompareAsync(before, images, secrets, ofEdgeStack, cancellationToken);
        return TimeOfCloudFront(plan.Changes) is { } time ? plan with { Notes = [.. plan.Notes, time] } : plan;
    }

    private static string? TimeOfCloudFront(IReadOnlyList<PlannedChange> changes) =>
        changes.Any(change => change is { Type: "AWS::CloudFront::VpcOrigin", Kind: ChangeKind.Add or ChangeKind.Remove })
            ? "CloudFront takes its time: the distribution some 5 minutes, the way to the load balancer up to 15."
        : changes.Any(change => change is { Type: "AWS::CloudFront::Distribution", Kind: not ChangeKind.Follow })
            ? "CloudFront takes some 5 minutes for a distribution."
        : null;

    private async Task<StackPlan> CompareAsync(
        TemplateMap? before,
        IReadOnlyList<DeployedImage> images,
        IReadOnlyList<string> secrets,
        IReadOnlyDictionary<string, string> ofEdgeStack,
        CancellationToken cancellationToken
    )
    {
        if (before is null)
        {
            return ByTemplates();
        }

        if (!live!.CanTakeChangeSet || !IsReady(ofEdgeStack))
        {
            return ByTemplates(
                $"'{_session.Application.Name}' is compared by its template alone, since what it takes values from changes first: they are known once it has."
            );
        }

        if (ApplicationParameters.Missing(_session.Application, given, live).ToList() is { Count: > 0 } missing)
        {
            return ByTemplates([.. missing.Select(given.Missing)]);
        }

        var versions = await VersionsAsync(live, secrets, cancellationToken);
        var edge = await new EdgeParameters(_session, live, cancellationToken).FindAsync();
        var parameters = ApplicationParameters.Of(
            _session,
            given,
            foundation,
            live,
            images.ToDictionary(image => image.ParameterId, ReferenceOf, StringComparer.Ordinal),
            versions,
            edge.Concat(ofEdgeStack).ToDictionary(StringComparer.Ordinal)
        );
        var target = new ApplicationRollout(_session).Target(foundation, verb.Publication.Cost, parameters, left);
        return await StackPlan.OfChangeSetAsync(_session, target, live, cancellationToken);

        StackPlan ByTemplates(params string[] notes) =>
            new(TemplateComparison.Changes(_session.Application.Name, before, left.Template)) { Notes = notes };
    }

    /// <summary>Whether all that the template takes from other stacks is there.</summary>
    private bool IsReady(IReadOnlyDictionary<string, string> ofEdgeStack) =>
        FoundationOutputs
            .ParametersOf(_session.Application, _session.Templates.Application)
            .Concat(
                _session
                    .Templates.Nested.Append(_session.Templates.Application)
                    .SelectMany(template => FoundationImports.Of(_session.Application, template))
            )
            .All(output => foundation?.Outputs.ContainsKey(output) == true)
        && EdgeStackComposer.Parameters(_session.Application).All(ofEdgeStack.ContainsKey);

    /// <summary>An image that is not pushed yet has no digest: one that no image has stands in for it.</summary>
    private string ReferenceOf(DeployedImage image) =>
        image.Reference ?? $"{RepositoryComposer.NameOf(_session.Application, image.Resource)}@sha256:{PlanText.UnknownDigest}";

    /// <summary>The versions of secrets that stay, and a stand-in for those that a deploy would put.</summary>
    private async Task<IReadOnlyDictionary<string, string>> VersionsAsync(
        LiveStack stack,
        IReadOnlyList<string> changed,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, string> versions = new(StringComparer.Ordinal);
        var values = new SecretValues(_session.Aws.Secrets, _session.Application, given, _session.Time);
        await Task.WhenAll(_session.Application.Secrets.Select(AddAsync));

        return versions;

        async Task AddAsync(SecretSpec secret)
        {
            var version = changed.Contains(secret.Path) ? null : await values.VersionAsync(secret, cancellationToken);
            if (version is null && !stack.Parameters.ContainsKey(secret.VersionParameterId))
            {
                version = "put-by-deploy-00000000000000000000";
            }

            if (version is not null)
            {
                lock (versions)
                {
                    versions[secret.VersionParameterId] = version;
                }
            }
        }
    }
}
