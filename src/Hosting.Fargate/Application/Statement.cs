using Aws.CloudFormation;

namespace Hosting.Fargate.Application;

/// <summary>A statement of a role's policy.</summary>
/// <param name="Sid">Its name: letters and digits.</param>
/// <param name="Actions">What is allowed.</param>
/// <param name="Resources">On what.</param>
internal sealed record Statement(string Sid, IReadOnlyList<string> Actions, IReadOnlyList<TemplateNode> Resources)
{
    /// <summary>The line of the model that it is there for.</summary>
    public string? Comment { get; init; }

    public TemplateMap? Condition { get; init; }

    public TemplateMap ToMap() =>
        new()
        {
            Comment = Comment,
            ["Sid"] = Sid,
            ["Effect"] = "Allow",
            ["Action"] = Actions.Count == 1 ? Actions[0] : new TemplateList(Actions.Select(action => (TemplateNode)action)),
            ["Resource"] = Resources.Count == 1 ? Resources[0] : new TemplateList(Resources),
            ["Condition"] = Condition,
        };
}
