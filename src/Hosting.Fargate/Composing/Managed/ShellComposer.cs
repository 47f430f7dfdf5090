using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// How a database server is asked by hand: an output with its databases and the input of RunTask. <c>run</c> goes by it, so that what is
/// deployed can be asked whatever the model has become.
/// </summary>
internal static class ShellComposer
{
    /// <summary>What the name of such an output ends with.</summary>
    public const string Ending = "Shell";

    public static string Output(DatabaseShell shell) => $"{shell.Server.Id}{Ending}";

    public static TemplateMap Compose(FargateApplication application, DatabaseShell shell) =>
        new()
        {
            Comment = $"{shell.Task.Declaration}: what it is started with, and the names that stand for the server and its databases",
            ["Value"] = Fn.Sub(
                RunComposer.Text(
                    new TemplateMap
                    {
                        ["Server"] = shell.Server.Name,
                        ["Databases"] = new TemplateList(
                            shell
                                .Server.Databases.DistinctBy(database => database.Resource)
                                .Where(database => database.Resource != shell.Server.Name)
                                .Select(database => new TemplateMap { ["Name"] = database.Resource, ["Database"] = database.Name })
                        ),
                        ["Task"] = RunComposer.Input(application, shell.Task),
                    }
                )
            ),
        };
}
