using Aspire.Hosting;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Images;
using Hosting.Fargate.Reporting;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>Everything that would stop a deploy later, found before anything changes, and said all at once.</summary>
internal sealed class Preflight(DeploySession session, GivenValues given, Questions questions, KeptDatabases kept)
{
    /// <param name="foundation">The foundation's stack; null where there is none.</param>
    /// <param name="live">The application's; null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DistributedApplicationException">Something is missing or in the way; the message has all of it.</exception>
    public async Task CheckAsync(LiveStack? foundation, LiveStack? live, CancellationToken cancellationToken)
    {
        var application = session.Application;
        List<string> problems =
        [
            .. new[]
            {
                await session.Readiness.ProblemAsync(foundation, isDisposable: false, cancellationToken),
                await session.Readiness.ProblemAsync(live, isDisposable: true, cancellationToken),
            }.OfType<string>(),
        ];
        problems.AddRange(await kept.ProblemsAsync(live, cancellationToken));
        problems.AddRange(await EngineProblems.FindAsync(application, ContainerEngine.Find(), cancellationToken));
        problems.AddRange(SiteBuilds.Missing(application.Sites));
        problems.AddRange(await MissingAsync(live, cancellationToken));
        problems.AddRange(CachePasswords.Problems(application, name => given[name]));
        problems.AddRange(BrokerCredentials.Problems(application, name => given[name]));
        problems.AddRange(DatabaseCredentials.Problems(application, name => given[name]));
        if (problems.Count > 0)
        {
            throw new DistributedApplicationException(
                problems is [var only]
                    ? only
                    : $"{problems.Count} things are in the way; nothing was changed:\n{string.Join('\n', problems.Select(problem => $"- {problem}"))}"
            );
        }
    }

    private async Task<IEnumerable<string>> MissingAsync(LiveStack? live, CancellationToken cancellationToken)
    {
        var secrets = await new SecretValues(session.Aws.Secrets, session.Application, given, session.Time).MissingAsync(cancellationToken);
        List<string> missing = [];
        foreach (
            var name in ApplicationParameters
                .Missing(session.Application, given, live)
                .Concat(secrets)
                .Concat(BuildParameters.Missing(session.Application, name => given[name]))
                .Distinct(StringComparer.Ordinal)
        )
        {
            if (await questions.AskAsync($"Value of parameter '{name}'", given.IsSecret(name), cancellationToken) is { Length: > 0 } answer)
            {
                given.Answer(name, answer);
            }
            else
            {
                missing.Add(given.Missing(name));
            }
        }

        return missing;
    }
}
