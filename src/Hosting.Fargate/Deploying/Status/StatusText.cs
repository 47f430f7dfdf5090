using System.Globalization;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>What is deployed, in lines for a person: what <c>status</c> prints, and what its command shows in the dashboard.</summary>
internal static class StatusText
{
    public static IEnumerable<string> Lines(ApplicationStatus status, ConsoleLinks console)
    {
        var application = status.Application;
        return
        [
            .. Lines(status.Foundation, console),
            .. status.Edge is { } edge ? Lines(edge, console.In(CloudFrontDistribution.CertificateRegion)) : [],
            .. Lines(application, console),
            .. application.Url is { } url ? [$"  {url}"] : Array.Empty<string>(),
            .. application.OtherUrls.Select(other => $"  {other.Value} ({other.Key})"),
            // Of services that were never deployed there is nothing to say where nothing is.
            .. status.Services.SelectMany(service =>
                service.Live is { } live ? Lines(service, live, application.Name, console)
                : application.Stack is not null ? [$"{service.Name}: not deployed"]
                : []
            ),
            .. status.Managed.SelectMany(managed => Lines(managed, console)),
            .. status.Sites.Select(site =>
                site.Release is null
                    ? $"{site.Name}: no files yet ({site.Bucket})"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{site.Name}: release {site.Release} since {Time(site.Since)}, of {site.Releases} kept in {site.Bucket}"
                    )
            ),
            .. Lines(
                status.Alarms,
                status.Edge?.Stack is null ? [console] : [console, console.In(CloudFrontDistribution.CertificateRegion)]
            ),
        ];
    }

    private static IEnumerable<string> Lines(StackStatus stack, ConsoleLinks console)
    {
        if (stack.Stack is not { } live)
        {
            yield return $"{stack.Name}: not deployed";
            yield break;
        }

        var by = stack.ChangedBy is { } deploy ? $" by {deploy.Describe()}" : "";
        yield return $"{stack.Name}: {live.Status.Value}, last changed {Time(live.LastChanged)}{by}";
        yield return $"  {console.Stack(live.Id)}";
    }

    private static IEnumerable<string> Lines(ServiceStatus service, LiveService live, string application, ConsoleLinks console)
    {
        var reason = live.FailureReason is null ? "" : $" ({live.FailureReason})";
        var left = service.IsInModel ? "" : "; no longer in the model";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{service.Name}: {live.Running} of {live.Desired} running, {live.Pending} pending; {live.TaskDefinition}; "
                + $"rollout {live.Rollout}{reason}{left}"
        );
        yield return $"  {console.Service(application, service.Name)}";
        foreach (var container in live.Containers)
        {
            yield return $"  {container.Name}: {container.Image}";
        }

        foreach (var task in live.Tasks)
        {
            var zone = task.Zone is null ? "" : $", {task.Zone}";
            yield return $"  task {task.Id}: {task.State}, {task.TaskDefinition}{zone}, since {Time(task.Since)}";
        }
    }

    private static IEnumerable<string> Lines(ManagedStatus managed, ConsoleLinks console)
    {
        var detail = managed.Detail is null ? "" : $"; {managed.Detail}";
        var left = managed.ModelName is null ? "; no longer in the model" : "";
        yield return $"{managed.ModelName ?? managed.ModelId}: {managed.What}, {managed.State}{detail}{left}";
        yield return $"  {managed.Name}: {console.Managed(managed.Type, managed.Name)}";
    }

    private static IEnumerable<string> Lines(AlarmsStatus alarms, IEnumerable<ConsoleLinks> consoles)
    {
        if (alarms.Summary is not { } summary)
        {
            yield break;
        }

        yield return $"alarms: {summary}";
        foreach (var alarm in alarms.Active)
        {
            var reason = alarm.Reason is null ? "" : $" ({alarm.Reason})";
            yield return $"  {alarm.State} since {Time(alarm.Since)}: {alarm.What}{reason}";
        }

        foreach (var console in consoles)
        {
            yield return $"  {console.Alarms()}";
        }
    }

    private static string Time(DateTime? time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time?.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC");
}
