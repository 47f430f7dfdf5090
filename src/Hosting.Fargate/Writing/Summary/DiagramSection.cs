using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>The picture of the application: who calls whom, and who uses what.</summary>
internal static class DiagramSection
{
    /// <summary>With more nodes than this a picture says nothing; services alone are drawn then.</summary>
    public const int MostNodes = 40;

    /// <summary>
    /// Mermaid draws 500 edges at the most, unless its reader is set to take more:
    /// https://mermaid.js.org/config/schema-docs/config.html#maxedges.
    /// </summary>
    public const int MostEdges = 450;

    public static string Write(FargateApplication application)
    {
        var (diagram, leftOut) = Draw(application);
        return diagram.NodeCount == 0
            ? ""
            : Markdown.Section(
                "Picture",
                $"```mermaid\n{diagram}```\n",
                $"{leftOut ?? "Boxes are services, rounded boxes tasks that end, boxes with double sides queues, cylinders buckets and file systems, hexagons secrets."}\n"
            );
    }

    private static (MermaidDiagram Diagram, string? LeftOut) Draw(FargateApplication application)
    {
        var whole = new MermaidDiagram();
        DrawServices(whole, application, withCalls: true);
        DiagramOfData.Draw(whole, application);
        if (whole.NodeCount <= MostNodes)
        {
            return (whole, null);
        }

        var services = new MermaidDiagram();
        DrawServices(services, application, withCalls: true);
        if (services.EdgeCount <= MostEdges)
        {
            return (
                services,
                $"Services alone: with tasks and data there would be {WorkloadText.Number(whole.NodeCount)} things to draw. The tables have them all."
            );
        }

        var external = new MermaidDiagram();
        DrawServices(external, application, withCalls: false);
        return (external, "Services alone, without the calls between them, which are too many to draw. The tables have them all.");
    }

    private static void DrawServices(MermaidDiagram diagram, FargateApplication application, bool withCalls)
    {
        if (application.HasDistribution)
        {
            diagram.Node("internet", MermaidShape.Circle, "internet");
            diagram.Node("edge", MermaidShape.Box, "CloudFront", application.Ingress.Domain);
            diagram.Edge("internet", "edge", application.Ingress.Scheme);
            foreach (var site in application.Sites)
            {
                diagram.Node($"site{site.Id}", MermaidShape.Cylinder, site.Name, "files");
                diagram.Edge("edge", $"site{site.Id}", site.Place.Host ?? "/*");
            }
        }
        else if (application.HasLoadBalancer)
        {
            diagram.Node("internet", MermaidShape.Circle, "internet");
        }

        if (application.HasLoadBalancer)
        {
            diagram.Node(
                "loadBalancer",
                MermaidShape.Box,
                "load balancer",
                application.HasPrivateEdge ? "internal"
                    : application.HasEdge ? "CloudFront alone"
                    : application.Ingress.Domain
            );
            diagram.Edge(application.HasEdge ? "edge" : "internet", "loadBalancer", application.Ingress.IsHttps ? "https" : "http");
        }

        foreach (var service in application.Services)
        {
            diagram.Node(IdOf(service), MermaidShape.Box, service.Name, TasksOf(service));
        }

        foreach (var service in application.Services.Where(service => service.Routes.Length > 0))
        {
            diagram.Edge(
                "loadBalancer",
                IdOf(service),
                Some([.. service.Routes.SelectMany(route => route.Rules).Select(rule => rule.ToString())])
            );
        }

        foreach (var service in withCalls ? application.Services : [])
        {
            foreach (var calls in service.Connections.GroupBy(connection => connection.Server, StringComparer.Ordinal))
            {
                if (application.Services.FirstOrDefault(other => other.Name == calls.Key) is { } server)
                {
                    diagram.Edge(IdOf(service), IdOf(server), Some([.. calls.Select(call => Port(server, call)).Distinct()]));
                }
            }
        }
    }

    public static string IdOf(Workload workload) => workload is ServiceSpec ? $"service{workload.Id}" : $"task{workload.Id}";

    /// <summary>The first of several labels, so that an edge stays short.</summary>
    public static string Some(string[] labels)
    {
        const int most = 2;
        return labels.Length <= most
            ? string.Join(", ", labels)
            : $"{string.Join(", ", labels.Take(most))} and {WorkloadText.Number(labels.Length - most)} more";
    }

    private static string TasksOf(ServiceSpec service) =>
        service.Scaling is { } scaling
            ? $"{WorkloadText.Number(scaling.Minimum)} to {WorkloadText.Number(scaling.Maximum)} tasks"
            : WorkloadText.Count(service.DesiredCount, "task");

    private static string Port(ServiceSpec server, Connection connection) =>
        server.ConnectEndpoints.FirstOrDefault(endpoint => endpoint.Port.Number == connection.ContainerPort) is { } endpoint
            ? $"{Spoken(endpoint.Port)} {WorkloadText.Number(endpoint.AliasPort)}"
            : WorkloadText.Number(connection.ContainerPort);

    private static string Spoken(ContainerPort port) =>
        port.Protocol switch
        {
            PortProtocol.Tcp => "tcp",
            PortProtocol.Http2 => port.IsTls ? "https/2" : "http/2",
            _ => port.IsTls ? "https" : "http",
        };
}
