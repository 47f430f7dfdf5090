using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Aws.CloudFormation;

/// <summary>
/// Text that stays text for every YAML reader: CloudFormation reads YAML 1.1, to which <c>on</c>, <c>2012-10-17</c> and <c>1:30</c> are
/// something else.
/// </summary>
internal static partial class YamlScalars
{
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "y",
        "yes",
        "n",
        "no",
        "true",
        "false",
        "on",
        "off",
        "null",
    };

    public static Scalar Create(TemplateScalar scalar, string? tag, bool isFlow) =>
        scalar.Value is string text
            ? Create(text, tag, isFlow)
            : new Scalar(
                AnchorName.Empty,
                TagName.Empty,
                scalar.Value is null ? "null" : scalar.ToString(),
                ScalarStyle.Plain,
                isPlainImplicit: true,
                isQuotedImplicit: false
            );

    public static Scalar Create(string text, string? tag, bool isFlow)
    {
        var style =
            IsLiteral(text) && !isFlow ? ScalarStyle.Literal
            : IsPlain(text, isFlow) ? ScalarStyle.Plain
            : (text.Contains('"') || text.Contains('\\')) && !Escaped().IsMatch(text) ? ScalarStyle.SingleQuoted
            : ScalarStyle.DoubleQuoted;
        return new Scalar(
            AnchorName.Empty,
            tag is null ? TagName.Empty : new TagName(tag),
            text,
            style,
            isPlainImplicit: tag is null,
            isQuotedImplicit: tag is null
        );
    }

    /// <summary>
    /// The short form of a function: <c>!Ref</c>, <c>!GetAtt</c>. Null where it takes the name as a key: CloudFormation takes no short form
    /// right in another, and a loop's name is no tag. Source:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
    /// </summary>
    public static string? TagOf(TemplateFunction function)
    {
        var name = function.Name.Replace("Fn::", "", StringComparison.Ordinal);
        return
            function.Argument.AsFunction() is not null
            || function.Argument is TemplateScalar { Value: not string }
            || name.Contains(':', StringComparison.Ordinal)
            ? null
            : $"!{name}";
    }

    /// <summary>How wide text is on a line; null where it has lines of its own.</summary>
    public static int? WidthOf(string text) =>
        IsLiteral(text) ? null : text.Length + Escaped().Count(text) + (IsPlain(text, isFlow: true) ? 0 : 2);

    /// <summary>
    /// Whether text is written in lines of its own, from which each reader makes the same again: not a line break alone, and nothing that
    /// has to be escaped.
    /// </summary>
    private static bool IsLiteral(string text) =>
        text.Contains('\n')
        && !char.IsWhiteSpace(text[0])
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !EscapedInLines().IsMatch(text);

    private static bool IsPlain(string text, bool isFlow) => (isFlow ? InFlow() : InBlock()).IsMatch(text) && !s_words.Contains(text);

    /// <summary>On one line with others a colon is a key's to some readers, so it is quoted there.</summary>
    [GeneratedRegex(@"^[A-Za-z/][A-Za-z0-9_./+*()=\-]*( [A-Za-z0-9_./+()=\-][A-Za-z0-9_./+*()=\-]*)*$")]
    private static partial Regex InFlow();

    /// <summary>What text in double quotes alone can have: control and format characters, all line breaks among them.</summary>
    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\t\n]]")]
    private static partial Regex EscapedInLines();

    [GeneratedRegex(
        @"^[A-Za-z/][A-Za-z0-9_./+*()=\-,']*(:+[A-Za-z0-9_./+*()=\-,']+)*( [A-Za-z0-9_./+*()=\-,']+(:+[A-Za-z0-9_./+*()=\-,']+)*)*$"
    )]
    private static partial Regex InBlock();
}
