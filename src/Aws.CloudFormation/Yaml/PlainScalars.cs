using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aws.CloudFormation;

/// <summary>
/// What YAML 1.1 makes of text without quotes, as CloudFormation does; dates alone stay text. Sources: https://yaml.org/type/,
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
/// </summary>
internal static partial class PlainScalars
{
    private const string TypeTag = "tag:yaml.org,2002:";

    public static TemplateNode Read(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        var isUntagged = scalar.Tag.IsEmpty && scalar.Style == ScalarStyle.Plain;
        var isOfType =
            !scalar.Tag.IsEmpty
            && scalar.Tag.Value.StartsWith(TypeTag, StringComparison.Ordinal)
            && scalar.Tag.Value[TypeTag.Length..] is "int" or "float" or "bool" or "null";
        return isUntagged || isOfType ? Read(text) : text;
    }

    private static TemplateNode Read(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new TemplateScalar(null),
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
            _ when Integer().Match(text) is { Success: true } whole => Whole(whole),
            _ when Point().IsMatch(text) => Decimal(text.Replace("_", "", StringComparison.Ordinal).TrimStart('+')),
            _ => text,
        };

    private static TemplateScalar Whole(Match match)
    {
        string Digits(string group) => match.Groups[group].Value.Replace("_", "", StringComparison.Ordinal);
        var number =
            match.Groups["binary"].Success ? OfBase(Digits("binary"), 2)
            : match.Groups["octal"].Success ? OfBase(Digits("octal"), 8)
            : match.Groups["hex"].Success ? OfBase(Digits("hex"), 16)
            : match
                .Groups["parts"]
                .Value.Split(':')
                .Aggregate(BigInteger.Zero, (sum, part) =>
                    sum * 60 + BigInteger.Parse(part.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                );
        number = match.Groups["sign"].Value == "-" ? -number : number;
        return number >= int.MinValue && number <= int.MaxValue
            ? new TemplateScalar((int)number)
            : new TemplateScalar((double)number, number.ToString(CultureInfo.InvariantCulture));
    }

    private static BigInteger OfBase(string digits, int of) =>
        digits.Aggregate(BigInteger.Zero, (sum, digit) => sum * of + Convert.ToInt32(digit.ToString(), 16));

    private static TemplateScalar Decimal(string text)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return JsonNumber().IsMatch(text) ? new TemplateScalar(value, text) : new TemplateScalar(value);
    }

    [GeneratedRegex(
        @"\A(?<sign>[-+]?)(?:0b(?<binary>[01_]+)|0x(?<hex>[0-9a-fA-F_]+)|0(?<octal>[0-7_]+)|(?<parts>0|[1-9][0-9_]*(?::[0-5]?[0-9])*))\z"
    )]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?\z")]
    private static partial Regex Point();

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+][0-9]+)?\z")]
    private static partial Regex JsonNumber();
}
