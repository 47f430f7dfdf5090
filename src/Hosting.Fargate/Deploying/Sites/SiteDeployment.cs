using System.Globalization;
using Aspire.Hosting;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Images;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>
/// Sites in a deploy: built before anything changes; what has its content in its name is sent before services roll; the rest, pages last,
/// is switched once they have. So a page finds an API that knows it, and a deploy that fails before leaves pages as they were.
/// </summary>
internal sealed class SiteDeployment(DeploySession session, string folder)
{
    private const int AtOnce = 16;

    private IReadOnlyList<BuiltSite>? _built;

    /// <summary>Builds, once, and looks what is there: what a deploy would send.</summary>
    /// <param name="foundation">The foundation, which has the buckets; null where it is not there.</param>
    /// <param name="given">The values of parameters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DistributedApplicationException">A build failed.</exception>
    public async Task<IReadOnlyList<PlannedSite>> PlanAsync(LiveStack? foundation, GivenValues given, CancellationToken cancellationToken)
    {
        if (session.Application.Sites.Length == 0)
        {
            return [];
        }

        try
        {
            _built ??= await new SiteBuilds(folder, name => given[name], session.Logger, session.Time).BuildAsync(
                session.Application.Sites,
                cancellationToken
            );
        }
        catch (SiteException exception)
        {
            throw new DistributedApplicationException($"{exception.Message}\nNothing was changed.", exception);
        }
        catch (DockerfileException exception)
        {
            throw new DistributedApplicationException($"A site is not built: {exception.Message}. Nothing was changed.", exception);
        }

        List<PlannedSite> planned = [];
        foreach (var site in _built)
        {
            planned.Add(
                foundation is { HoldsResources: true } && foundation.Outputs.GetValueOrDefault(site.Site.BucketOutputId) is { } bucket
                    ? await PlanAsync(site, Releases(bucket), cancellationToken)
                    : new PlannedSite(site, site.Files, Before: null, There: new Dictionary<string, string>(), IsSwitched: true)
            );
        }

        return planned;
    }

    /// <summary>Sends what may be there before pages refer to it.</summary>
    /// <returns>How many files.</returns>
    public async Task<int> SendAsync(LiveStack foundation, GivenValues given, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var plan in await PlanAsync(foundation, given, cancellationToken))
        {
            List<SiteFile> files = [.. plan.Missing.Where(file => file.IsImmutable)];
            await SendAsync(Releases(foundation, plan), files, cancellationToken);
            sent += files.Count;
        }

        return sent;
    }

    /// <summary>Sends the rest, pages last, and tells CloudFront of what it may keep and has changed.</summary>
    /// <returns>How many sites were switched.</returns>
    public async Task<int> SwitchAsync(LiveStack foundation, LiveStack? live, GivenValues given, CancellationToken cancellationToken)
    {
        var switched = 0;
        foreach (var plan in await PlanAsync(foundation, given, cancellationToken))
        {
            if (!plan.IsSwitched)
            {
                continue;
            }

            var releases = Releases(foundation, plan);
            foreach (var turn in plan.Missing.GroupBy(file => file.Turn).OrderBy(group => group.Key))
            {
                await SendAsync(releases, [.. turn], cancellationToken);
            }

            if (plan.Stale.ToList() is { Count: > 0 } stale)
            {
                var resources = await session.Stacks.ResourcesAsync(live!.Id, cancellationToken);
                await new Invalidation(session).CreateAsync(
                    plan.Site.Site,
                    resources[PublicName.DistributionId(plan.Site.Site.Place.Distribution)].PhysicalResourceId,
                    stale,
                    cancellationToken
                );
            }

            await releases.CompleteAsync(plan.Site, cancellationToken);
            session.Logger.LogInformation(
                "{Site}: release {Release} of {Count} files is what browsers get now",
                plan.Site.Site.Name,
                plan.Site.Release,
                plan.Site.Files.Count
            );
            switched++;
        }

        return switched;
    }

    /// <summary>Deletes files that only old releases have.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PruneAsync(LiveStack foundation, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var site in session.Application.Sites)
        {
            if (foundation.Outputs.GetValueOrDefault(site.BucketOutputId) is { } bucket)
            {
                deleted += await Releases(bucket).PruneAsync(cancellationToken);
            }
        }

        return deleted;
    }

    private async Task<PlannedSite> PlanAsync(BuiltSite site, SiteReleases releases, CancellationToken cancellationToken)
    {
        var there = await releases.FilesAsync(cancellationToken);
        var last = (await releases.ListAsync(cancellationToken)).FirstOrDefault();
        var before = last is null ? null : await releases.FilesOfAsync(last, cancellationToken);

        // A name that has had another content is not made of it, whatever it looks like.
        var files = site.Files.Select(file =>
            file.IsImmutable && there.TryGetValue(file.Path, out var other) && other.Hash != file.Hash
                ? file with
                {
                    IsImmutable = false,
                }
                : file
        );
        List<SiteFile> missing = [.. files.Where(file => there.GetValueOrDefault(file.Path).Hash != file.Hash)];
        return new PlannedSite(
            site,
            missing,
            before,
            there.ToDictionary(file => file.Key, file => file.Value.Hash, StringComparer.Ordinal),
            IsSwitched: last?.Id != site.Release || missing.Count > 0
        );
    }

    private static Task SendAsync(SiteReleases releases, IReadOnlyList<SiteFile> files, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (file, token) => await releases.PutAsync(file, token)
        );

    private SiteReleases Releases(LiveStack foundation, PlannedSite plan) =>
        Releases(
            foundation.Outputs.GetValueOrDefault(plan.Site.Site.BucketOutputId)
                ?? throw new DistributedApplicationException(
                    $"The stack '{foundation.Name}' has no output '{plan.Site.Site.BucketOutputId}', the bucket of "
                        + $"'{plan.Site.Site.Name}'. Was it "
                        + "changed by hand? Run deploy again."
                )
        );

    private SiteReleases Releases(string bucket) => new(session.Aws.S3, session.Account.Id, bucket, session.Time);
}

/// <summary>What a deploy would do for a site.</summary>
/// <param name="Site">The site as it was built.</param>
/// <param name="Missing">The files that the bucket has not, or with another content.</param>
/// <param name="Before">The files of the last release; null where there is none.</param>
/// <param name="There">The files of the bucket, by path: those of a deploy that was cut off too, which browsers may have got.</param>
/// <param name="IsSwitched">Whether browsers get anything else afterwards.</param>
internal sealed record PlannedSite(
    BuiltSite Site,
    IReadOnlyList<SiteFile> Missing,
    IReadOnlyDictionary<string, string>? Before,
    IReadOnlyDictionary<string, string> There,
    bool IsSwitched
)
{
    /// <summary>
    /// The paths of what CloudFront may keep with another content: that of the last release, or what is there instead of it.
    /// </summary>
    public IEnumerable<string> Stale => Site.Files.Where(file => IsOther(Before, file) || IsOther(There, file)).Select(file => file.Path);

    private static bool IsOther(IReadOnlyDictionary<string, string>? files, SiteFile file) =>
        files?.GetValueOrDefault(file.Path) is { } hash && hash != file.Hash;

    /// <summary>In a few words: <c>web (3 of 45 files)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Site.Site.Name} ({Missing.Count} of {Site.Files.Count} files)");
}
