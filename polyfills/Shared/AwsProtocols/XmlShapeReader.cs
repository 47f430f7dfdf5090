#nullable enable

using System.Collections;
using System.Xml.Linq;

namespace AwsProtocols;

/// <summary>Reads a shape from an element of a query service's answer; elements that the shape does not know are passed over.</summary>
internal static class XmlShapeReader
{
    public static void Read(XElement element, object shape)
    {
        foreach (var member in ShapeMember.Of(shape.GetType()))
        {
            if (Children(element, member.Name).FirstOrDefault() is { } child)
            {
                member.Set(shape, ReadValue(child, member.Type));
            }
        }
    }

    private static object? ReadValue(XElement element, Type type)
    {
        if (WireValues.IsCollection(type))
        {
            return type.GetGenericTypeDefinition() == typeof(List<>) ? ReadList(element, type) : ReadMap(element, type);
        }

        if (type.Assembly != typeof(XmlShapeReader).Assembly || type.IsAssignableTo(typeof(Amazon.Runtime.ConstantClass)))
        {
            return WireValues.FromText(element.Value, type);
        }

        var shape = Activator.CreateInstance(type)!;
        Read(element, shape);
        return shape;
    }

    /// <summary>An element without members is null, not an empty list: so the official clients read it.</summary>
    private static object? ReadList(XElement element, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in Children(element, "member"))
        {
            list.Add(ReadValue(item, type.GetGenericArguments()[0]));
        }

        return list.Count > 0 ? list : null;
    }

    private static object? ReadMap(XElement element, Type type)
    {
        var map = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var entry in Children(element, "entry"))
        {
            map[Children(entry, "key").First().Value] = ReadValue(Children(entry, "value").First(), type.GetGenericArguments()[1]);
        }

        return map.Count > 0 ? map : null;
    }

    private static IEnumerable<XElement> Children(XElement element, string name) =>
        element.Elements().Where(child => string.Equals(child.Name.LocalName, name, StringComparison.OrdinalIgnoreCase));
}
