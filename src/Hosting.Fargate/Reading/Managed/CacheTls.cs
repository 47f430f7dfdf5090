using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// TLS in what a model itself writes of a cache for StackExchange.Redis, <c>host:6379,password=…</c>: the packages' own connection strings
/// say it of themselves. https://stackexchange.github.io/StackExchange.Redis/Configuration.html.
/// </summary>
internal static partial class CacheTls
{
    /// <summary>Options with TLS; anything else as it is.</summary>
    public static Value OfOptions(Value value)
    {
        if (value is not Concatenation { Values: var values } || !values.OfType<Text>().Any(text => Option().IsMatch(text.Content)))
        {
            return value;
        }

        var asked = Value.Concat(
            values.Select(part => part is Text { Content: var text } ? new Text(Off().Replace(text, "${key}true")) : part)
        );
        return asked.Parts.OfType<Text>().Any(text => On().IsMatch(text.Content)) ? asked : Value.Concat([asked, new Text(",ssl=true")]);
    }

    [GeneratedRegex(
        @",\s*(?:password|user|ssl|abortConnect|allowAdmin|defaultDatabase|connectTimeout|syncTimeout)\s*=",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Option();

    [GeneratedRegex(@"(?<key>,\s*ssl\s*=\s*)false", RegexOptions.IgnoreCase)]
    private static partial Regex Off();

    [GeneratedRegex(@",\s*ssl\s*=\s*true", RegexOptions.IgnoreCase)]
    private static partial Regex On();
}
