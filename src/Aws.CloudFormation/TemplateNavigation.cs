using System.Globalization;
using System.Text.RegularExpressions;

namespace Aws.CloudFormation;

/// <summary>
/// Reads templates. What only CloudFormation will know, such as the value of a parameter, is null here and never a guess.
/// </summary>
public static partial class TemplateNavigation
{
    /// <summary>
    /// Whether it is a parameter that every template has. Source:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
    /// </summary>
    public static bool IsPseudoParameter(string id) =>
        id
            is "AWS::AccountId"
                or "AWS::NoValue"
                or "AWS::NotificationARNs"
                or "AWS::Partition"
                or "AWS::Region"
                or "AWS::StackId"
                or "AWS::StackName"
                or "AWS::URLSuffix";

    /// <summary>What is under these names, one inside the other; null where nothing is, or where a function stands in between.</summary>
    public static TemplateNode? At(this TemplateNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node.AsMap()?[name];
        }

        return node.AsFunction() is { Name: "Ref" } function && function.Argument.AsText() == "AWS::NoValue" ? null : node;
    }

    /// <summary>The values of a list; none where it is no list, or one that a function makes.</summary>
    public static IEnumerable<TemplateNode> Items(this TemplateNode? node) => node as TemplateList ?? [];

    /// <summary>The maps of a list as far as they are known.</summary>
    public static IEnumerable<TemplateMap> Maps(this TemplateNode? node) => node.Items().Select(AsMap).OfType<TemplateMap>();

    /// <summary>The maps of a list, which may be missing; null where not all of them are known.</summary>
    public static IReadOnlyList<TemplateMap>? AllMaps(this TemplateNode? node)
    {
        if (node is not (null or TemplateList))
        {
            return null;
        }

        TemplateMap[] maps = [.. node.Maps()];
        return maps.Length == node.Items().Count() ? maps : null;
    }

    /// <summary>A map that is not an intrinsic function written as a map of one.</summary>
    public static TemplateMap? AsMap(this TemplateNode? node) => node is TemplateMap map && map.AsFunction() is null ? map : null;

    /// <summary>
    /// An intrinsic function, also where it is written as JSON has it: a map with the one name <c>Ref</c> or <c>Fn::…</c>.
    /// </summary>
    public static TemplateFunction? AsFunction(this TemplateNode? node) =>
        node switch
        {
            TemplateFunction function => function,
            TemplateMap { Count: 1 } map
                when map.Keys.First() is var name && (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal)) =>
                new TemplateFunction(name, map[name]!),
            _ => null,
        };

    /// <summary>Text, a number or truth as it is written; null for anything else.</summary>
    public static string? AsText(this TemplateNode? node) => node is TemplateScalar { Value: not null } scalar ? scalar.ToString() : null;

    /// <summary>A number, also where it is written as text.</summary>
    public static double? AsNumber(this TemplateNode? node) =>
        double.TryParse(node.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number, also where it is written as text.</summary>
    public static int? AsInt(this TemplateNode? node) =>
        node.AsNumber() is { } number && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    /// <summary>True or false, also where it is written as text.</summary>
    public static bool? AsBool(this TemplateNode? node) => bool.TryParse(node.AsText(), out var truth) ? truth : null;

    /// <summary>The logical id that a <c>Ref</c> or <c>Fn::GetAtt</c> refers to.</summary>
    public static string? RefTarget(this TemplateNode? node) =>
        node.AsFunction() is { Name: "Ref" or "Fn::GetAtt" } function
            ? ReferencesOf(function).Select(reference => reference.Id).FirstOrDefault()
            : null;

    /// <summary>
    /// Text of which parts may be unknown: <c>Fn::Sub</c> and <c>Fn::Join</c> too; null where it is a list, a map or nothing.
    /// </summary>
    /// <param name="node">The value.</param>
    /// <param name="unknown">What to write for a part, by the name that it is put in under; null where it has none.</param>
    public static string? ComposedText(this TemplateNode? node, Func<string?, string> unknown)
    {
        if (node.AsFunction() is not { } function)
        {
            return node.AsText();
        }

        switch (function.Name)
        {
            case "Fn::Sub" when SubText(function) is { } text:
                var values = function.Argument.Items().ElementAtOrDefault(1).AsMap();
                return SubVariable()
                    .Replace(text, match =>
                        match.Groups["literal"].Success
                            ? $"${{{match.Groups["name"].Value}}}"
                            : values?[match.Groups["name"].Value].ComposedText(unknown) ?? unknown(match.Groups["name"].Value)
                    );
            case "Fn::Join"
                when function.Argument is TemplateList and [var delimiter, TemplateList parts] && delimiter.AsText() is { } between:
                return string.Join(between, parts.Select(part => part.ComposedText(unknown) ?? unknown(null)));
            case "Ref":
                return unknown(function.Argument.AsText());
            default:
                return unknown(null);
        }
    }

    /// <summary>The node and all that is inside it, in order.</summary>
    public static IEnumerable<TemplateNode> Descendants(this TemplateNode? node) => Walk(node, static _ => true);

    /// <summary>Every text inside the node, put together as far as it is known.</summary>
    public static IEnumerable<string> Texts(this TemplateNode? node, Func<string?, string> unknown) =>
        Walk(node, static inner => !IsText(inner)).Where(IsText).Select(inner => inner.ComposedText(unknown)).OfType<string>();

    /// <summary>
    /// Every logical id that the node refers to by <c>Ref</c>, <c>Fn::GetAtt</c> or <c>Fn::Sub</c>, each once; no pseudo parameters.
    /// </summary>
    public static IEnumerable<string> References(this TemplateNode? node) =>
        node.AllReferences().Select(reference => reference.Id).Where(id => !IsPseudoParameter(id)).Distinct(StringComparer.Ordinal);

    /// <summary>Every reference of the node, pseudo parameters too.</summary>
    public static IEnumerable<TemplateReference> AllReferences(this TemplateNode? node) =>
        node.Descendants().OfType<TemplateFunction>().SelectMany(ReferencesOf);

    /// <summary>Every condition that a <c>Fn::If</c> of the node asks.</summary>
    public static IEnumerable<string> ConditionReferences(this TemplateNode? node) =>
        node.Descendants()
            .OfType<TemplateFunction>()
            .Where(function => function.Name == "Fn::If")
            .Select(function => function.Argument.Items().FirstOrDefault().AsText())
            .OfType<string>();

    private static IEnumerable<TemplateReference> ReferencesOf(TemplateFunction function)
    {
        switch (function.Name)
        {
            case "Ref" when function.Argument.AsText() is { } id:
                yield return new TemplateReference(id, null);
                break;
            case "Fn::GetAtt"
                when (function.Argument.AsText() ?? string.Join('.', function.Argument.Items().Select(AsText)))
                    is { Length: > 0 } attribute:
                yield return TemplateReference.Parse(attribute);
                break;
            case "Fn::Sub" when SubText(function) is { } text:
                var values = function.Argument.Items().ElementAtOrDefault(1).AsMap();
                foreach (Match match in SubVariable().Matches(text))
                {
                    var name = match.Groups["name"].Value;
                    if (!match.Groups["literal"].Success && values?[name] is null)
                    {
                        yield return TemplateReference.Parse(name);
                    }
                }

                break;
        }
    }

    private static string? SubText(TemplateFunction function) =>
        function.Argument.AsText() ?? function.Argument.Items().FirstOrDefault().AsText();

    private static bool IsText(TemplateNode node) =>
        node is TemplateScalar { Value: string } or TemplateFunction { Name: "Fn::Sub" }
        || (node is TemplateFunction { Name: "Fn::Join" } join && join.Argument.Items().ElementAtOrDefault(1) is TemplateList);

    /// <summary>A node and, where it is to be entered, what is inside it; functions written as maps come as functions.</summary>
    private static List<TemplateNode> Walk(TemplateNode? root, Func<TemplateNode, bool> enters)
    {
        List<TemplateNode> found = [];
        Visit(root);
        return found;

        void Visit(TemplateNode? next)
        {
            if ((next.AsFunction() ?? next) is not { } node)
            {
                return;
            }

            found.Add(node);
            if (!enters(node))
            {
                return;
            }

            switch (node)
            {
                case TemplateFunction function:
                    Visit(function.Argument);
                    break;
                case TemplateMap map:
                    foreach (var (_, value) in map)
                    {
                        Visit(value);
                    }

                    break;
                case TemplateList list:
                    foreach (var item in list)
                    {
                        Visit(item);
                    }

                    break;
            }
        }
    }

    /// <summary>A place in the text of <c>Fn::Sub</c>; <c>${!name}</c> is text. Blanks around a name are no part of it.</summary>
    [GeneratedRegex(@"\$\{(?:(?<literal>!)(?<name>[^}]*)|\s*(?<name>[^}]*?)\s*)\}")]
    internal static partial Regex SubVariable();
}
