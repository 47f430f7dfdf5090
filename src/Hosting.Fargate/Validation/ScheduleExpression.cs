using System.Globalization;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Validation;

/// <summary>
/// <c>cron(…)</c>, <c>rate(…)</c> and <c>at(…)</c> as AWS reads them. Source:
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html,
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html,
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
/// </summary>
internal static partial class ScheduleExpression
{
    /// <summary>What is wrong with an expression and what to write; null where nothing is.</summary>
    public static string? Problem(string expression, bool takesAnyUnit)
    {
        if (Shape().Match(expression) is not { Success: true } shape)
        {
            return "it is none of cron(minutes hours day-of-month month day-of-week year), rate(number unit) and at(yyyy-mm-ddThh:mm:ss). Write one of them.";
        }

        var inside = shape.Groups["inside"].Value.Trim();
        return shape.Groups["kind"].Value switch
        {
            "cron" => CronFields.Problem(inside),
            "rate" => RateProblem(inside, takesAnyUnit),
            _ => DateTime.TryParseExact(inside, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? null
                : $"'{inside}' is no date and time. Write yyyy-mm-ddThh:mm:ss, such as at(2030-01-31T06:30:00).",
        };
    }

    private static string? RateProblem(string rate, bool takesAnyUnit)
    {
        if (
            Rate().Match(rate) is not { Success: true } match
            || !int.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)
            || number == 0
        )
        {
            return $"'{rate}' is no rate. Write a number above 0 and minute, minutes, hour, hours, day or days, such as rate(5 minutes).";
        }

        var isPlural = match.Groups["plural"].Success;
        return takesAnyUnit || isPlural == number > 1
            ? null
            : $"1 has a unit in the singular, any other number one in the plural. Write rate({number} {match.Groups["unit"].Value}{(number == 1 ? "" : "s")}).";
    }

    [GeneratedRegex(@"\A(?<kind>cron|rate|at)\((?<inside>[^()]*)\)\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"\A(?<number>[0-9]+)\s+(?<unit>minute|hour|day)(?<plural>s)?\z")]
    private static partial Regex Rate();
}
