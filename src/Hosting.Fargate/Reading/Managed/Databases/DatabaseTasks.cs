using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Tasks that make the databases of servers that RDS runs, with the client in the server's own image. They run in each deploy before all
/// else that does, and make what is not there: what is, they leave as it is. Users that databases have of their own they give the password
/// that is deployed, each time.
/// </summary>
internal sealed class DatabaseTasks(ManagedServers managed, TaskImages images, Refusals refusals)
{
    private const int Memory = 512;

    public ImmutableArray<TaskSpec> Read(DistributedApplicationModel model) =>
        [.. managed.Databases.Servers.Where(server => server.MadeByTask.Any()).Select(server => Read(model, server))];

    private TaskSpec Read(DistributedApplicationModel model, DatabaseServer server)
    {
        var name = NameOf(server);
        if (model.Resources.Any(resource => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            refusals.Add(
                name,
                $"'{name}' is the name of the task that makes the databases of '{server.Name}', which RDS runs. Rename the resource."
            );
        }

        var reference = ImageOf(model, server);
        if (!images.IsReachable(reference))
        {
            refusals.Add(
                server.Name,
                $"'{server.Name}' has the database '{server.MadeByTask.First().Name}' made by a task with the image "
                    + $"'{reference}', and "
                    + "tasks behind VPC endpoints reach no registry but ECR. Copy the image to ECR and name the copy (WithImage, "
                    + "WithImageRegistry), or use WithPrivateTasks."
            );
        }

        managed.Databases.Connect(name, server, $"{name}: makes the databases of {server.Name}");
        return OfClient(
            name,
            $"{server.Name}: {string.Join(", ", server.MadeByTask.Select(database => $"AddDatabase(\"{database.Name}\")"))}",
            images.Of(reference),
            server,
            server.Engine.Client.Making.Script(server.HasOwnUsers),
            Variables(server),
            Secrets(server)
        );
    }

    /// <summary>A task with the client of a server, which has its address, its user and its password.</summary>
    /// <param name="name">The name of the task.</param>
    /// <param name="declaration">The line of the model that it is there for.</param>
    /// <param name="image">The image with the client.</param>
    /// <param name="server">The server.</param>
    /// <param name="script">What it runs, in the words of a shell.</param>
    /// <param name="variables">What it is told besides.</param>
    /// <param name="secrets">The secrets that it has besides.</param>
    public static TaskSpec OfClient(
        string name,
        string declaration,
        RegistryImage image,
        DatabaseServer server,
        string script,
        IEnumerable<EnvironmentVariable> variables,
        IEnumerable<SecretVariable> secrets
    ) =>
        new()
        {
            Name = name,
            Declaration = declaration,
            Size = new TaskSize(256, Memory),
            Capacity = Capacity.Fargate,
            Telemetry = Telemetry.None,
            Containers =
            [
                new Container
                {
                    Name = name,
                    Image = image,
                    EntryPoint = "/bin/sh",
                    Command = [new Text("-c"), new Text(script.ReplaceLineEndings("\n"))],
                    Environment = [.. ClientVariables(server).Concat(variables).OrderBy(variable => variable.Name, StringComparer.Ordinal)],
                    Secrets = [.. ClientSecrets(server), .. secrets],
                    Memory = Memory,
                },
            ],
        };

    private static string NameOf(DatabaseServer server) => $"{server.Name}-databases";

    /// <summary>The image with a server's client: the server's own, as the model has it.</summary>
    public static string ImageOf(DistributedApplicationModel model, DatabaseServer server) =>
        PublishedResource.ImageOf(model.Resources.First(resource => resource.Name == server.Name)) ?? server.Engine.ClientImage;

    /// <summary>What the client of a server is told, but for the password.</summary>
    private static IEnumerable<EnvironmentVariable> ClientVariables(DatabaseServer server)
    {
        var client = server.Engine.Client;
        yield return new(client.Host, DatabaseServerReader.AddressOf(server));
        if (server.UserName is not SecretValue)
        {
            yield return new(client.User, server.UserName);
        }

        foreach (var (name, value) in client.Environment)
        {
            yield return new(name, new Text(value));
        }
    }

    /// <summary>The password of a server's first user, and the user where that is a secret.</summary>
    private static IEnumerable<SecretVariable> ClientSecrets(DatabaseServer server)
    {
        yield return new(server.Engine.Client.Password, new WholeSecret(server.Password));
        if (server.UserName is SecretValue { Secret: var user })
        {
            yield return new(server.Engine.Client.User, new WholeSecret(user));
        }
    }

    private static IEnumerable<EnvironmentVariable> Variables(DatabaseServer server)
    {
        foreach (var (index, database) in server.MadeByTask.Index())
        {
            var number = (index + 1).ToString(CultureInfo.InvariantCulture);
            yield return new($"DATABASE_{number}", new Text(database.Name));
            if (database.Script is { } script)
            {
                yield return new($"SCRIPT_{number}", new Text(script));
            }

            if (database.User is { } user)
            {
                yield return new($"USER_{number}", new Text(user.Name));
            }
        }
    }

    private static IEnumerable<SecretVariable> Secrets(DatabaseServer server)
    {
        foreach (var (index, database) in server.MadeByTask.Index())
        {
            if (database.User is { } own)
            {
                yield return new($"PASSWORD_{(index + 1).ToString(CultureInfo.InvariantCulture)}", new WholeSecret(own.Password));
            }
        }
    }
}
