namespace Aws.CloudFormation;

/// <summary>A resource of a CloudFormation template.</summary>
/// <param name="id">Its logical id: letters and digits.</param>
/// <param name="type">Its type, such as <c>AWS::ECS::Service</c>.</param>
public sealed class TemplateResource(string id, string type)
{
    /// <summary>The logical id.</summary>
    public string Id { get; } = id;

    /// <summary>The type, such as <c>AWS::ECS::Service</c>.</summary>
    public string Type { get; } = type;

    /// <summary>What stands above it in the YAML template: which line of the model it is there for, and why.</summary>
    public string? Comment { get; set; }

    /// <summary>The resource of the model that it belongs to, for its tag; null for what all share.</summary>
    public string? Owner { get; set; }

    /// <summary>The resources that must be there first, beyond those that its properties name.</summary>
    public List<string> DependsOn { get; init; } = [];

    /// <summary>The condition of the template under which it is there; null where it always is.</summary>
    public string? Condition { get; set; }

    /// <summary>
    /// What becomes of it when it leaves the template: <c>Delete</c> (unless set), <c>Retain</c>, <c>RetainExceptOnCreate</c> or
    /// <c>Snapshot</c>.
    /// </summary>
    public string? DeletionPolicy { get; set; }

    /// <summary>What becomes of the old one where it is replaced.</summary>
    public string? UpdateReplacePolicy { get; set; }

    /// <summary>
    /// What tools read of it, and AWS does not:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html.
    /// </summary>
    public TemplateMap Metadata { get; init; } = [];

    /// <summary>Its properties.</summary>
    public TemplateMap Properties { get; init; } = [];

    /// <summary>The resource as CloudFormation reads it.</summary>
    public TemplateMap ToMap() =>
        new()
        {
            ["Type"] = Type,
            ["Condition"] = Condition,
            ["DependsOn"] = DependsOn.Count switch
            {
                0 => null,
                1 => DependsOn[0],
                _ => new TemplateList(DependsOn.Select(id => (TemplateNode)id)),
            },
            ["DeletionPolicy"] = DeletionPolicy,
            ["UpdateReplacePolicy"] = UpdateReplacePolicy,
            ["Metadata"] = Metadata.Count == 0 ? null : Metadata,
            ["Properties"] = Properties.Count == 0 ? null : Properties,
        };
}
