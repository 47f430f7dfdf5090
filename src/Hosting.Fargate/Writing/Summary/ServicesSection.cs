using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>Every service, and who reaches it.</summary>
internal static class ServicesSection
{
    public static string Write(FargateApplication application)
    {
        var callers = application
            .Services.Cast<Workload>()
            .Concat(application.Tasks)
            .SelectMany(workload =>
                workload
                    .Connections.Concat(workload is ServiceSpec { Peers: var peers } ? peers : [])
                    .Select(connection => new Call(workload.Name, connection))
            )
            .ToLookup(call => call.Connection.Server, StringComparer.Ordinal);
        var table = new MarkdownTable("Service", "Tasks", "Each", "Reached by", "Deployment", "Healthy means");
        foreach (var service in application.Services)
        {
            table.Row(
                Markdown.Code(service.Name),
                WorkloadText.TasksOf(service),
                $"{WorkloadText.SizeOf(service)}; {WorkloadText.CapacityOf(service.Capacity)}",
                ReachedBy(application, service, callers[service.Name]),
                WorkloadText.DeploymentOf(application, service),
                WorkloadText.HealthCheckOf(service)
            );
        }

        return Markdown.Section(
            "Services",
            table.ToString(),
            Telemetry(application.Services),
            Beside(application),
            Order(application),
            Shells(application)
        );
    }

    /// <summary>What is the same for most is said once.</summary>
    internal static string Telemetry(IEnumerable<Workload> workloads) =>
        Markdown.List(
            workloads
                .GroupBy(WorkloadText.TelemetryOf, workload => workload.Name)
                .Select(group => $"Telemetry of {Markdown.Codes(group)}: {group.Key}.")
        );

    private static string ReachedBy(FargateApplication application, ServiceSpec service, IEnumerable<Call> calls)
    {
        string[] ways =
        [
            .. service.Routes.SelectMany(route => route.Rules).Select(rule => $"internet: {Markdown.Code(rule.ToString())}"),
            .. calls
                .GroupBy(call => call.Client, StringComparer.Ordinal)
                .Select(group =>
                    $"{(group.Key == service.Name ? "its own tasks" : Markdown.Code(group.Key))}{string.Concat(group.Select(call => Alias(application, service, call.Connection)).Where(alias => alias.Length > 0).Distinct().Take(1).Select(alias => $" as {Markdown.Code(alias)}"))}"
                ),
        ];
        return ways.Length == 0 ? "nobody" : string.Join("; ", ways);
    }

    private static string Alias(FargateApplication application, ServiceSpec service, Connection connection) =>
        connection.IsByDns ? $"{service.Name.ToLowerInvariant()}.{application.DnsZone}:{WorkloadText.Number(connection.ContainerPort)}"
        : service.ConnectEndpoints.FirstOrDefault(endpoint => endpoint.Port.Number == connection.ContainerPort) is { } endpoint
            ? $"{endpoint.DnsName}:{WorkloadText.Number(endpoint.AliasPort)}"
        : "";

    private static string Beside(FargateApplication application)
    {
        string[] sidecars =
        [
            .. application.Workloads.SelectMany(workload =>
                workload
                    .Containers.Skip(1)
                    .Where(container => container.Name is not ("cloudwatch-agent" or "otel-collector"))
                    .Select(container => $"{Markdown.Code(container.Name)} beside {Markdown.Code(workload.Name)}")
            ),
        ];
        return sidecars.Length == 0 ? "" : $"Other containers in the same tasks: {string.Join(", ", sidecars)}.\n";
    }

    private static string Order(FargateApplication application)
    {
        string[] order =
        [
            .. application
                .Services.Where(service => service.After.Length > 0)
                .Select(service => $"{Markdown.Code(service.Name)} after {Markdown.Codes(service.After)}"),
        ];
        return order.Length == 0 ? "" : $"Created in order, by reference or WaitFor: {string.Join("; ", order)}.\n";
    }

    private static string Shells(FargateApplication application)
    {
        string[] open = [.. application.Services.Where(service => service.EnableExec).Select(service => service.Name)];
        return open.Length == 0 ? "" : $"A shell can be opened in {Markdown.Codes(open)} (`aws ecs execute-command`).\n";
    }

    private sealed record Call(string Client, Connection Connection);
}
