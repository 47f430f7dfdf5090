using System.Text.RegularExpressions;

namespace AWSSDK.Tests.Models;

/// <summary>How the official clients are named after a service model, and how their types follow from it.</summary>
internal static partial class OfficialNames
{
    // Where the official CloudWatch Logs client has a time for what the model calls a number of milliseconds.
    private static readonly HashSet<string> Times =
    [
        "GetLogEventsRequest.endTime",
        "GetLogEventsRequest.startTime",
        "LogGroup.creationTime",
        "LogStream.creationTime",
        "LogStream.firstEventTimestamp",
        "LogStream.lastEventTimestamp",
        "LogStream.lastIngestionTime",
        "OutputLogEvent.ingestionTime",
        "OutputLogEvent.timestamp",
    ];

    public static string Property(Member member) => Upper(member.Name);

    public static string Constant(string value) => string.Concat(Separators().Split(value).Select(Upper));

    public static string Exception(Shape error) =>
        error.Name.EndsWith("Exception", StringComparison.Ordinal) ? error.Name : error.Name + "Exception";

    public static bool IsTimeInMilliseconds(Member member) => Times.Contains($"{member.Owner.Name}.{member.Name}");

    public static string Type(Member member) => IsTimeInMilliseconds(member) ? "DateTime?" : Type(member.Shape, isWithinCollection: false);

    // Within a collection nothing is nullable, and constants are strings.
    private static string Type(Shape shape, bool isWithinCollection) =>
        shape.Type switch
        {
            "string" when shape.IsEnumeration && !isWithinCollection => shape.Name,
            "string" => "String",
            "blob" => "MemoryStream",
            "list" => $"List<{Type(shape.Item, isWithinCollection: true)}>",
            "map" => $"Dictionary<{Type(shape.Key, isWithinCollection: true)}, {Type(shape.Value, isWithinCollection: true)}>",
            "structure" => shape.Name,
            var type => Number(type) + (isWithinCollection ? "" : "?"),
        };

    private static string Number(string type) =>
        type switch
        {
            "boolean" => "Boolean",
            "integer" => "Int32",
            "long" => "Int64",
            "double" => "Double",
            "timestamp" => "DateTime",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type was met when this was written."),
        };

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex Separators();
}
