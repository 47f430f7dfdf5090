using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Databases of servers in containers. On a laptop Aspire makes them as the server starts; on AWS the image itself makes one, where it has
/// a variable for that, a container beside the server the others (<see cref="DatabaseMaker"/>), and a program of the model what neither
/// can.
/// </summary>
internal static class DatabaseReader
{
    /// <summary>
    /// The databases of a server, in the model's order. By the property's name, for not every model has the packages of all servers.
    /// </summary>
    public static IReadOnlyList<AddedDatabase> Of(DistributedApplicationModel model, IResource server) =>
        [
            .. model
                .Resources.OfType<IResourceWithParent>()
                .Where(child => child.Parent.Name == server.Name)
                .Select(child =>
                    child.GetType().GetProperty("DatabaseName")?.GetValue(child) is string name
                        ? new AddedDatabase(child.Name, name, ScriptOf(child))
                        : null
                )
                .OfType<AddedDatabase>(),
        ];

    /// <summary>What <c>WithCreationScript</c> gives, by its name too: each package has an annotation of its own for it.</summary>
    private static string? ScriptOf(IResource database) =>
        database.Annotations.LastOrDefault(annotation =>
            annotation.GetType().Name.EndsWith("CreateDatabaseScriptAnnotation", StringComparison.Ordinal)
        )
            is { } annotation
            ? annotation.GetType().GetProperty("Script")?.GetValue(annotation) as string
            : null;

    /// <summary>
    /// The variable with which the image makes the first of them; null where it cannot, or where the model sets it itself.
    /// </summary>
    public static (string Name, string Value)? VariableOf(PublishedResource resource, IReadOnlyDictionary<string, object> given) =>
        resource is { Known.DatabaseVariable: { } variable, Databases: [var first, ..] } && !given.ContainsKey(variable)
            ? (variable, first.Name)
            : null;

    /// <summary>Which of them the image does not make itself.</summary>
    public static IReadOnlyList<AddedDatabase> NotMade(WorkloadDraft draft)
    {
        if (draft.Resource is not { Known: { MakesDatabasesItself: false } known, Databases: { Count: > 0 } databases })
        {
            return [];
        }

        var made = draft.Variables.FirstOrDefault(variable => variable.Name == known.DatabaseVariable)?.Value;
        return [.. databases.Where(database => made is not Text text || text.Content != database.Name)];
    }

    /// <summary>Which of them nobody makes on AWS unless a program of the model does.</summary>
    public static IEnumerable<Notice> Notices(WorkloadDraft draft) =>
        DatabaseMaker.Makes(draft)
            ? []
            : NotMade(draft)
                .Select(database => new Notice(
                    draft.Resource.Name,
                    $"has the database '{database.Name}' (AddDatabase), which Aspire makes on a laptop alone. On AWS a "
                        + "program of the model has to, as the migrations of Entity Framework do: one that the services wait for (WaitForCompletion).",
                    IsWarning: true
                ));
}
