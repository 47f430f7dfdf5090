namespace Hosting.Fargate.Templates;

/// <summary>A reference to something by its logical id.</summary>
/// <param name="Id">The logical id of a resource, parameter or pseudo parameter.</param>
/// <param name="Attribute">The attribute that it asks for, which resources alone have; null for the thing itself.</param>
internal readonly record struct TemplateReference(string Id, string? Attribute)
{
    public string Path => Attribute is null ? Id : $"{Id}.{Attribute}";

    public static TemplateReference Parse(string path) =>
        path.IndexOf('.') is > 0 and var dot ? new(path[..dot], path[(dot + 1)..]) : new(path, null);

    public TemplateNode ToNode() => Attribute is null ? Fn.Ref(Id) : Fn.GetAtt(Id, Attribute);
}
