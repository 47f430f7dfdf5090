using System.Globalization;
using Amazon.ECR.Model;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Images;

/// <summary>Pushes what repositories do not have, and takes what they have.</summary>
internal sealed class ImagePusher(Repositories repositories, ProjectImages projects, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan[] s_waits =
    [
        TimeSpan.FromSeconds(0.5),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(4),
    ];

    public async Task<IReadOnlyList<DeployedImage>> PushAsync(
        IReadOnlyList<WantedImage> images,
        string? commit,
        List<ImageProblem> problems,
        CancellationToken cancellationToken
    )
    {
        List<DeployedImage> deployed = [];
        foreach (var image in images.Where(image => image.Existing is not null))
        {
            logger.LogInformation("{Resource}: unchanged, {Digest}", image.Workload.Name, Short(image.Existing!.ImageDigest));
            deployed.Add(image.Result);
        }

        var missing = images.Where(image => image.Existing is null).ToList();
        if (missing.Count == 0)
        {
            return deployed;
        }

        var credentials = await repositories.AuthorizeAsync(cancellationToken);
        var tags = (
            await Task.WhenAll(missing.Select(async image => (image, Tags: await TagsOfAsync(image, commit, cancellationToken))))
        ).ToDictionary(pair => pair.image, pair => pair.Tags);
        logger.LogInformation("Pushing the images of {Resources}", string.Join(", ", missing.Select(image => image.Workload.Name)));

        var builds = new EngineBuilds();
        var building = PushProjectsAsync(
            [.. missing.Where(image => image.Project is not null)],
            builds,
            tags,
            credentials,
            cancellationToken
        );
        var docker = Task.WhenAll(
            missing
                .Where(image => image.Built is not null)
                .Select(async image =>
                    (image, Result: await builds.PushAsync(image.Built!, image.RepositoryUri!, tags[image], credentials, cancellationToken))
                )
        );
        var results = (await building).Concat(await docker);

        foreach (var (image, result) in results)
        {
            // What somebody else pushed in between is what we would have pushed, and what its tag refuses a second time.
            if (await ConfirmAsync(image, isExpected: result.Digest is not null, cancellationToken) is not { } there)
            {
                problems.Add(
                    new(
                        image.Workload.Name,
                        $"'{image.Workload.Name}' could not be pushed to {image.RepositoryUri}:{Environment.NewLine}"
                            + string.Join(Environment.NewLine, ReasonsOf(image, result).Select(line => $"  {line}"))
                    )
                );
                continue;
            }

            var isOurs = result.Digest is not null && result.Digest == there.ImageDigest;
            deployed.Add((image with { Existing = there }).Result with { IsPushed = isOurs, PushedBytes = isOurs ? result.Bytes : null });
            logger.LogInformation(
                "{Resource}: {Verb} {Digest}{Bytes}",
                image.Workload.Name,
                isOurs ? "pushed" : "is there by another push,",
                Short(there.ImageDigest),
                isOurs && result.Bytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $", {bytes / 1048576.0:F1} MiB new") : ""
            );
        }

        return deployed;
    }

    /// <summary>Why an image is not where it was pushed to, and what to do.</summary>
    private static IEnumerable<string> ReasonsOf(WantedImage image, PushResult result) =>
        result.Errors switch
        {
            [] =>
            [
                $"The push gave {result.Digest ?? "no digest"}, and Amazon ECR does not have the tag {image.Tag}. Run the deploy again.",
            ],
            var errors when RegistryFaults.IsRefusal(errors) =>
            [
                .. errors,
                "Whoever deploys may not push there: docs/deployer-policy.md has the least policy.",
            ],
            var errors when RegistryFaults.MayPass(errors) =>
            [
                .. errors,
                "The registry went on failing. Nothing that was done is lost: run the same command again.",
            ],
            var errors => errors,
        };

    private async Task<IReadOnlyList<(WantedImage Image, PushResult Result)>> PushProjectsAsync(
        IReadOnlyList<WantedImage> images,
        EngineBuilds builds,
        Dictionary<WantedImage, IReadOnlyList<string>> tags,
        RegistryCredentials credentials,
        CancellationToken cancellationToken
    )
    {
        Dictionary<WantedImage, PushResult> results = [];
        foreach (var image in images.Where(image => image.Files.Count > 0))
        {
            List<string> errors = [];
            foreach (var (source, path, destination) in image.Files)
            {
                errors.AddRange(await builds.CopyAsync(source, path, destination, cancellationToken));
            }

            if (errors.Count > 0)
            {
                results[image] = new PushResult(null, null, errors);
            }
        }

        await TryAsync([.. images.Where(image => !results.ContainsKey(image))]);
        foreach (var wait in RegistryFaults.WaitsBeforePush)
        {
            var again = images.Where(image => results[image] is { Digest: null } failed && RegistryFaults.MayPass(failed.Errors)).ToList();
            if (again.Count == 0)
            {
                break;
            }

            logger.LogWarning(
                "{Resources}: the registry failed; pushing again in {Seconds} s",
                string.Join(", ", again.Select(image => image.Workload.Name)),
                wait.TotalSeconds
            );
            await Task.Delay(wait, time, cancellationToken);
            await TryAsync(again);
        }

        return [.. images.Select(image => (image, results[image]))];

        async Task TryAsync(IReadOnlyList<WantedImage> some)
        {
            var pushed = await projects.PushAsync(
                [
                    .. some.Select(image => new ImagePush(
                        image.Project!.Value.Image,
                        image.Project.Value.Output,
                        image.Project.Value.BaseDigest,
                        image.RepositoryUri!,
                        tags[image]
                    )),
                ],
                credentials,
                cancellationToken
            );
            foreach (var image in some)
            {
                results[image] = pushed[image.Project!.Value.Image];
            }
        }
    }

    /// <summary>
    /// The tag by content and that of the commit, which stays with the first image that had it: tags of a repository do not move.
    /// </summary>
    private async Task<IReadOnlyList<string>> TagsOfAsync(WantedImage image, string? commit, CancellationToken cancellationToken) =>
        commit is not null && await repositories.FindImageAsync(image.Repository, GitCommit.TagOf(commit), cancellationToken) is null
            ? [image.Tag, GitCommit.TagOf(commit)]
            : [image.Tag];

    /// <summary>The image as Amazon ECR has it, which may take a moment after a push.</summary>
    private async Task<ImageDetail?> ConfirmAsync(WantedImage image, bool isExpected, CancellationToken cancellationToken)
    {
        foreach (var wait in isExpected ? s_waits : [])
        {
            if (await repositories.FindImageAsync(image.Repository, image.Tag, cancellationToken) is { } found)
            {
                return found;
            }

            await Task.Delay(wait, time, cancellationToken);
        }

        return await repositories.FindImageAsync(image.Repository, image.Tag, cancellationToken);
    }

    private static string Short(string digest) => digest.Length > 19 ? digest[..19] : digest;
}
