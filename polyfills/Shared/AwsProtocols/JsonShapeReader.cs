#nullable enable

using System.Collections;
using System.Text.Json;

namespace AwsProtocols;

/// <summary>Reads a shape from JSON; members that the shape does not know are passed over.</summary>
internal sealed class JsonShapeReader(bool camelCase)
{
    public void Read(JsonElement json, object shape)
    {
        foreach (var member in ShapeMember.Of(shape.GetType()))
        {
            if (json.TryGetProperty(camelCase ? member.CamelCaseName : member.Name, out var value))
            {
                member.Set(shape, ReadValue(value, member.Type));
            }
        }
    }

    private object? ReadValue(JsonElement json, Type type) =>
        json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object when WireValues.IsCollection(type) => ReadMap(json, type),
            JsonValueKind.Object => ReadShape(json, type),
            JsonValueKind.Array => ReadList(json, type),
            JsonValueKind.String => WireValues.FromText(json.GetString()!, type),
            JsonValueKind.True or JsonValueKind.False => WireValues.FromText(json.GetBoolean().ToString(), type),
            _ => WireValues.FromText(json.GetRawText(), type),
        };

    private object ReadShape(JsonElement json, Type type)
    {
        var shape = Activator.CreateInstance(type)!;
        Read(json, shape);
        return shape;
    }

    private IDictionary ReadMap(JsonElement json, Type type)
    {
        var map = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var entry in json.EnumerateObject())
        {
            map[entry.Name] = ReadValue(entry.Value, type.GetGenericArguments()[1]);
        }

        return map;
    }

    private IList ReadList(JsonElement json, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in json.EnumerateArray())
        {
            list.Add(ReadValue(item, type.GetGenericArguments()[0]));
        }

        return list;
    }
}
