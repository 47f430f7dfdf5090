using Hosting.Fargate.Deploying.Plans;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary>
/// <c>plan</c>: what a deploy would do, and nothing else. Ends with 2 where it would change something, so that a script can tell.
/// </summary>
internal sealed class PlanVerb(PublishedVerb verb)
{
    private const int HasChanges = 2;

    public async Task ExecuteAsync()
    {
        var plan = await new Planning(verb, await verb.GivenAsync(isNeeded: false)).MakeAsync();
        foreach (var line in PlanText.Lines(plan))
        {
            verb.Deployment.Logger.LogInformation("{Line}", line);
        }

        if (!plan.IsEmpty)
        {
            verb.ExitWith(HasChanges);
        }
    }
}
