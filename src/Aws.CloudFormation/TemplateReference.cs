namespace Aws.CloudFormation;

/// <summary>A reference to something by its logical id.</summary>
/// <param name="Id">The logical id of a resource, parameter or pseudo parameter.</param>
/// <param name="Attribute">The attribute that it asks for, which resources alone have; null for the thing itself.</param>
public sealed record TemplateReference(string Id, string? Attribute)
{
    /// <summary>As <c>Fn::Sub</c> writes it: <c>Id</c> or <c>Id.Attribute</c>.</summary>
    public string Path => Attribute is null ? Id : $"{Id}.{Attribute}";

    /// <summary>Reads what <c>Fn::GetAtt</c> and <c>Fn::Sub</c> name.</summary>
    public static TemplateReference Parse(string path) =>
        path.IndexOf('.') is > 0 and var dot ? new(path[..dot], path[(dot + 1)..]) : new(path, null);

    /// <summary>The function that refers to it.</summary>
    public TemplateNode ToNode() => Attribute is null ? Fn.Ref(Id) : Fn.GetAtt(Id, Attribute);
}
