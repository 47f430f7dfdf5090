using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Status;
using Hosting.Fargate.Reading;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>status</c>: what is deployed, and how it does.</summary>
internal sealed class StatusVerb(Verb verb, FargateEnvironmentResource environment)
{
    public async Task ExecuteAsync()
    {
        var session = verb.Session;
        var scope = StatusScope.Of(verb.Model, environment, StackNames.From(verb.Configuration));
        var status = await new StatusReader(scope, session.Aws, session.Account).ReadAsync(verb.CancellationToken);
        foreach (var line in StatusText.Lines(status, session.Console))
        {
            session.Logger.LogInformation("{Line}", line);
        }
    }
}
