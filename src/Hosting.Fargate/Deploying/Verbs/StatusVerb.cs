using Hosting.Fargate.Deploying.Status;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>status</c>: what is deployed, and how it does.</summary>
internal sealed class StatusVerb(Verb verb)
{
    public async Task ExecuteAsync()
    {
        var deployment = verb.Deployment;
        var status = await new StatusReader(StatusScope.Of(deployment.Application), deployment.Aws).ReadAsync(verb.CancellationToken);
        foreach (var line in StatusText.Lines(status, deployment.Console))
        {
            deployment.Logger.LogInformation("{Line}", line);
        }
    }
}
