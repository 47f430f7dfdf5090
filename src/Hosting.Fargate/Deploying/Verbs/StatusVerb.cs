using System.Globalization;
using Hosting.Fargate.Deploying.Status;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>status</c>: what is deployed, and how it does.</summary>
internal sealed class StatusVerb(Verb verb)
{
    private readonly Deployment _deployment = verb.Deployment;

    public async Task ExecuteAsync()
    {
        var status = await new StatusReader(StatusScope.Of(_deployment.Application), _deployment.Aws).ReadAsync(verb.CancellationToken);
        Print(status.Foundation);
        Print(status.Application);
        if (status.Application.Url is { } url)
        {
            Log($"  {url}");
        }

        foreach (var service in status.Services)
        {
            // Of services that were never deployed there is nothing to say where nothing is.
            if (service.Live is { } live)
            {
                Print(service, live);
            }
            else if (status.Application.Stack is not null)
            {
                Log($"{service.Name}: not deployed");
            }
        }

        Print(status.Alarms);
    }

    private void Print(StackStatus stack)
    {
        if (stack.Stack is not { } live)
        {
            Log($"{stack.Name}: not deployed");
            return;
        }

        var by = stack.ChangedBy is { } deploy ? $" by {deploy.Describe()}" : "";
        Log(string.Create(CultureInfo.InvariantCulture, $"{stack.Name}: {live.Status.Value}, last changed {live.LastChanged?.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC{by}"));
        Log($"  {_deployment.Console.Stack(live.Id)}");
    }

    private void Print(ServiceStatus service, LiveService live)
    {
        var reason = live.FailureReason is null ? "" : $" ({live.FailureReason})";
        var left = service.IsInModel ? "" : "; no longer in the model";
        Log(string.Create(
            CultureInfo.InvariantCulture,
            $"{service.Name}: {live.Running} of {live.Desired} running, {live.Pending} pending; {live.TaskDefinition}; rollout {live.Rollout}{reason}{left}"));
        Log($"  {_deployment.Console.Service(_deployment.Application.Name, service.Name)}");
        foreach (var container in live.Containers)
        {
            Log($"  {container.Name}: {container.Image}");
        }

        foreach (var task in live.Tasks)
        {
            var zone = task.Zone is null ? "" : $", {task.Zone}";
            Log(string.Create(CultureInfo.InvariantCulture, $"  task {task.Id}: {task.State}, {task.TaskDefinition}{zone}, since {task.Since:yyyy-MM-dd HH:mm:ss} UTC"));
        }
    }

    private void Print(AlarmsStatus alarms)
    {
        if (alarms.Summary is not { } summary)
        {
            return;
        }

        Log($"alarms: {summary}");
        foreach (var alarm in alarms.Active)
        {
            var reason = alarm.Reason is null ? "" : $" ({alarm.Reason})";
            Log(string.Create(CultureInfo.InvariantCulture, $"  {alarm.State} since {alarm.Since:yyyy-MM-dd HH:mm:ss} UTC: {alarm.What}{reason}"));
        }

        Log($"  {_deployment.Console.Alarms()}");
    }

    private void Log(string line) => _deployment.Logger.LogInformation("{Line}", line);
}
