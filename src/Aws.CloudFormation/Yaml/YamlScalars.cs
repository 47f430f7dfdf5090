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
                scalar.ToString(),
                ScalarStyle.Plain,
                isPlainImplicit: true,
                isQuotedImplicit: false
            );

    public static Scalar Create(string text, string? tag, bool isFlow)
    {
        var style =
            text.Contains('\n') && !isFlow ? ScalarStyle.Literal
            : IsPlain(text, isFlow) ? ScalarStyle.Plain
            : text.Contains('"') || text.Contains('\\') ? ScalarStyle.SingleQuoted
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

    /// <summary>The short form of a function: <c>!Ref</c>, <c>!GetAtt</c>.</summary>
    public static string TagOf(TemplateFunction function) => "!" + function.Name.Replace("Fn::", "", StringComparison.Ordinal);

    /// <summary>How wide text is on a line.</summary>
    public static int WidthOf(string text) => text.Length + (IsPlain(text, isFlow: true) ? 0 : 2);

    private static bool IsPlain(string text, bool isFlow) => (isFlow ? InFlow() : InBlock()).IsMatch(text) && !s_words.Contains(text);

    /// <summary>On one line with others a colon is a key's to some readers, so it is quoted there.</summary>
    [GeneratedRegex(@"^[A-Za-z/][A-Za-z0-9_./+*()=\-]*( [A-Za-z0-9_./+*()=\-]+)*$")]
    private static partial Regex InFlow();

    [GeneratedRegex(
        @"^[A-Za-z/][A-Za-z0-9_./+*()=\-,']*(:+[A-Za-z0-9_./+*()=\-,']+)*( [A-Za-z0-9_./+*()=\-,']+(:+[A-Za-z0-9_./+*()=\-,']+)*)*$"
    )]
    private static partial Regex InBlock();
}
