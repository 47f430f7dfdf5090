using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>The part of the picture that is not services: tasks that end, and what services and tasks use.</summary>
internal static class DiagramOfData
{
    public static void Draw(MermaidDiagram diagram, FargateApplication application)
    {
        foreach (var task in application.Tasks)
        {
            diagram.Node(DiagramSection.IdOf(task), MermaidShape.Stadium, task.Name, task.Schedule?.Expression ?? "in each deploy");
        }

        foreach (var data in application.Data)
        {
            diagram.Node(NodeOf(data), data.Shape, data.Name, data.Caption);
        }

        foreach (var cache in application.Caches)
        {
            diagram.Node($"cache{cache.Id}", MermaidShape.Cylinder, cache.Name, "cache");
        }

        foreach (var server in application.Databases)
        {
            diagram.Node($"database{server.Id}", MermaidShape.Cylinder, server.Name, "database");
            foreach (var replica in server.Replicas)
            {
                diagram.Node($"replica{replica.Id}", MermaidShape.Cylinder, replica.Name, "replica");
                diagram.DottedEdge($"replica{replica.Id}", $"database{server.Id}", "follows");
            }
        }

        foreach (
            var server in application
                .DatabaseConnections.Select(connection => connection.Server)
                .Where(server => server.Existing is not null)
                .DistinctBy(server => server.Name)
        )
        {
            diagram.Node($"database{server.Id}", MermaidShape.Cylinder, server.Name, "database that exists");
        }

        foreach (
            var cache in application
                .CacheConnections.Select(connection => connection.Cache)
                .Where(cache => cache.Existing is not null)
                .DistinctBy(cache => cache.Name)
        )
        {
            diagram.Node($"cache{cache.Id}", MermaidShape.Cylinder, cache.Name, "cache that exists");
        }

        foreach (
            var broker in application
                .Brokers.Concat(application.BrokerConnections.Select(connection => connection.Broker))
                .DistinctBy(broker => broker.Name)
        )
        {
            diagram.Node($"broker{broker.Id}", MermaidShape.Queue, broker.Name, broker.Existing is null ? "broker" : "broker that exists");
        }

        // One for each secret of the model: that it may be there percent-encoded too is for the tables.
        foreach (var name in application.Secrets.Select(secret => secret.Name).Distinct(StringComparer.Ordinal))
        {
            diagram.Node(SecretId(name), MermaidShape.Hexagon, name);
        }

        foreach (var workload in application.Services.Cast<Workload>().Concat(application.Tasks))
        {
            DrawGrants(diagram, workload);
            DrawSecrets(diagram, workload);
            foreach (var connection in application.CacheConnections.Where(connection => connection.Workload == workload.Name))
            {
                diagram.Edge(DiagramSection.IdOf(workload), $"cache{connection.Cache.Id}", "reads, writes");
            }

            foreach (
                var broker in application
                    .BrokerConnections.Where(connection => connection.Workload == workload.Name)
                    .Select(connection => connection.Broker)
                    .DistinctBy(broker => broker.Name)
            )
            {
                diagram.Edge(DiagramSection.IdOf(workload), $"broker{broker.Id}", "sends, takes");
            }

            foreach (var connection in application.DatabaseConnections.Where(connection => connection.Workload == workload.Name))
            {
                if (connection.Replica is { } replica)
                {
                    diagram.Edge(DiagramSection.IdOf(workload), $"replica{replica.Id}", "reads");
                }
                else
                {
                    diagram.Edge(DiagramSection.IdOf(workload), $"database{connection.Server.Id}", "reads, writes");
                }
            }
        }
    }

    private static void DrawGrants(MermaidDiagram diagram, Workload workload)
    {
        var id = DiagramSection.IdOf(workload);
        foreach (var grant in workload.Grants.OfType<DataGrant>())
        {
            diagram.Edge(id, NodeOf(grant.Data), string.Join(", ", grant.Data.Verbs(grant.Access)));
        }
    }

    private static void DrawSecrets(MermaidDiagram diagram, Workload workload)
    {
        var uses = workload.SecretVariables.SelectMany(variable =>
            SecretsOf(variable.Source).Select(secret => new { secret.Name, Variable = variable.Name })
        );
        foreach (var use in uses.GroupBy(use => use.Name, StringComparer.Ordinal))
        {
            diagram.DottedEdge(
                DiagramSection.IdOf(workload),
                SecretId(use.Key),
                DiagramSection.Some([.. use.Select(one => one.Variable).Distinct(StringComparer.Ordinal)])
            );
        }
    }

    /// <summary>The secrets of the foundation that a variable's value is made of.</summary>
    public static IEnumerable<SecretSpec> SecretsOf(SecretSource source) =>
        source switch
        {
            WholeSecret whole => [whole.Secret],
            ComposedSecret composed => composed.Value.Parts.OfType<SecretValue>().Select(value => value.Secret),
            _ => throw new InvalidOperationException($"{source.GetType().Name} is no kind of secret."),
        };

    /// <summary>As in <c>fileSystemCacheData</c>.</summary>
    private static string NodeOf(DataResource data)
    {
        var noun = Names.Id(data.Noun);
        return $"{char.ToLowerInvariant(noun[0])}{noun[1..]}{data.Id}";
    }

    private static string SecretId(string name) => $"secret{Names.Id(name)}";
}
