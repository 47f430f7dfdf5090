using System.Collections;
using System.Reflection;
using System.Xml.Linq;
using Amazon.Runtime;

namespace AWSSDK.Tests.Models;

/// <summary>
/// A value for each member of a shape, written down once (as JSON by the model's own names) and turned from there into what an
/// application holds and what is on the wire, by nothing of the polyfills' own.
/// </summary>
internal static class Sample
{
    private static readonly DateTime Time = new(2026, 11, 24, 16, 59, 14, 250, DateTimeKind.Utc);

    public static JsonObject Of(Shape? structure)
    {
        var sample = new JsonObject();
        foreach (var member in structure?.Members ?? [])
        {
            sample[member.Name] = OfficialNames.IsTimeInMilliseconds(member)
                ? new DateTimeOffset(Time).ToUnixTimeMilliseconds()
                : Value(member.Shape, member.Name);
        }

        return sample;
    }

    /// <summary>An object of this type with the sample's values.</summary>
    public static object ToObject(Type type, Shape? structure, JsonObject sample)
    {
        var result = Activator.CreateInstance(type)!;
        foreach (var member in structure?.Members ?? [])
        {
            var property = type.GetProperty(OfficialNames.Property(member))!;
            property.SetValue(
                result,
                OfficialNames.IsTimeInMilliseconds(member) ? Time : ToValue(property.PropertyType, member.Shape, sample[member.Name]!)
            );
        }

        return result;
    }

    /// <summary>The parameters of the query protocol.</summary>
    public static SortedDictionary<string, string> ToQuery(Shape? structure, JsonObject sample)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in structure?.Members ?? [])
        {
            Add(member.Name, member.Shape, sample[member.Name]!);
        }

        return parameters;

        void Add(string name, Shape shape, JsonNode value)
        {
            switch (value)
            {
                case JsonArray items:
                    for (var index = 0; index < items.Count; index++)
                    {
                        Add($"{name}.member.{index + 1}", shape.Item, items[index]!);
                    }

                    break;
                case JsonObject entries when shape.Type == "map":
                    Add($"{name}.entry.1.key", shape.Key, entries.Single().Key);
                    Add($"{name}.entry.1.value", shape.Value, entries.Single().Value!);
                    break;
                case JsonObject members:
                    foreach (var member in shape.Members)
                    {
                        Add($"{name}.{member.Name}", member.Shape, members[member.Name]!);
                    }

                    break;
                default:
                    parameters.Add(name, value.ToString());
                    break;
            }
        }
    }

    /// <summary>The elements of the query protocol's answers.</summary>
    public static IEnumerable<XElement> ToXml(Shape? structure, JsonObject sample) =>
        (structure?.Members ?? []).Select(member => new XElement(member.Name, Content(member.Shape, sample[member.Name]!)));

    /// <summary>Everything that an object holds, as text.</summary>
    public static string Describe(object? value) =>
        value switch
        {
            null => "null",
            string text => text,
            ConstantClass constant => $"{constant.GetType().Name}.{constant.Value}",
            DateTime time => $"{time:O} {time.Kind}",
            MemoryStream blob => Convert.ToHexString(blob.ToArray()),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{key}: {Describe(map[key])}"))}}}",
            IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Describe))}]",
            _ when value.GetType().IsPrimitive => value.ToString()!,
            _ =>
                $"{value.GetType().Name}({string.Join("\n", Properties(value).Select(property => $"{property.Name}: {Describe(property.GetValue(value))}"))})",
        };

    private static PropertyInfo[] Properties(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static JsonNode Value(Shape shape, string name) =>
        shape.Type switch
        {
            "string" when shape.IsEnumeration => shape.Constants.First(),
            "string" => $"{name}: \"<é&+= %\n",
            "blob" => Convert.ToBase64String([0, 255, 16]),
            "boolean" => true,
            "integer" => 7,
            "long" => 5_000_000_000,
            "double" => 1.25,
            "timestamp" => new DateTimeOffset(Time).ToUnixTimeMilliseconds() / 1000m,
            "list" => new JsonArray(Value(shape.Item, name + " 1"), Value(shape.Item, name + " 2")),
            "map" => new JsonObject { [shape.Key.IsEnumeration ? shape.Key.Constants.First() : name + " key"] = Value(shape.Value, name) },
            "structure" => Of(shape),
            var type => throw new ArgumentOutOfRangeException(nameof(shape), type, "No such type was met when this was written."),
        };

    private static object ToValue(Type type, Shape shape, JsonNode sample)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        switch (shape.Type)
        {
            case "structure":
                return ToObject(type, shape, sample.AsObject());
            case "list":
                var list = (IList)Activator.CreateInstance(type)!;
                foreach (var item in sample.AsArray())
                {
                    list.Add(ToValue(type.GetGenericArguments()[0], shape.Item, item!));
                }

                return list;
            case "map":
                var map = (IDictionary)Activator.CreateInstance(type)!;
                foreach (var (key, value) in sample.AsObject())
                {
                    map[key] = ToValue(type.GetGenericArguments()[1], shape.Value, value!);
                }

                return map;
            case "timestamp":
                return Time;
            case "blob":
                return new MemoryStream(Convert.FromBase64String(sample.GetValue<string>()));
            default:
                return underlying.IsAssignableTo(typeof(ConstantClass))
                    ? Activator.CreateInstance(underlying, sample.GetValue<string>())!
                    : sample.Deserialize(underlying)!;
        }
    }

    private static object Content(Shape shape, JsonNode sample) =>
        shape.Type switch
        {
            "structure" => ToXml(shape, sample.AsObject()),
            "list" => sample.AsArray().Select(item => new XElement("member", Content(shape.Item, item!))),
            "map" => sample
                .AsObject()
                .Select(entry => new XElement(
                    "entry",
                    new XElement("key", entry.Key),
                    new XElement("value", Content(shape.Value, entry.Value!))
                )),
            "timestamp" => Time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            _ => sample.ToString(),
        };
}
