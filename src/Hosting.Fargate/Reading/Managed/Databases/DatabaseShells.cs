using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Tasks with the client in a database server's own image, for <c>run SERVER -- STATEMENT</c>: nobody but what refers to the server reaches
/// it, and who is on call has to. They cost nothing until one is started, and give nobody more than another command for a task of a service
/// does.
/// </summary>
internal sealed class DatabaseShells(ManagedServers managed, TaskImages images, ICollection<Notice> notices)
{
    public ImmutableArray<DatabaseShell> Read(DistributedApplicationModel model)
    {
        List<DatabaseShell> shells = [];
        foreach (var server in managed.Databases.Servers)
        {
            var image = DatabaseTasks.ImageOf(model, server);
            var name = DatabaseShell.NameOf(server.Name);
            if (model.Resources.Any(resource => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                notices.Add(
                    NoticeOf(server, $"the task for it would be '{name}', which is another resource's name. Rename that to have it.")
                );
            }
            else if (!images.IsReachable(image))
            {
                notices.Add(
                    NoticeOf(
                        server,
                        $"its client is in '{image}', and tasks behind VPC endpoints reach no registry but ECR. Copy the image to ECR and "
                            + "name the copy (WithImage, WithImageRegistry) to have it."
                    )
                );
            }
            else
            {
                shells.Add(new DatabaseShell(server, Read(server, name, image)));
            }
        }

        return [.. shells];
    }

    private static Notice NoticeOf(DatabaseServer server, string why) =>
        new(server.Name, $"has no 'run {server.Name} -- STATEMENT': {why}");

    private TaskSpec Read(DatabaseServer server, string name, string image)
    {
        managed.Databases.Connect(name, server, $"{name}: run {server.Name} -- STATEMENT");
        return DatabaseTasks.OfClient(
            name,
            $"run {server.Name} -- STATEMENT",
            images.Of(image),
            server,
            server.Engine.Client.Statement,
            [],
            []
        ) with
        {
            RunsByHand = true,
        };
    }
}
