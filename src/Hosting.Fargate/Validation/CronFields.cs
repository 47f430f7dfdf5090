using System.Globalization;

namespace Hosting.Fargate.Validation;

/// <summary>
/// The six fields of <c>cron(…)</c>. A range that runs over its end, such as <c>FRI-MON</c>, passes: AWS does not say that it may not.
/// Source:
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
/// </summary>
internal static class CronFields
{
    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static readonly Field s_dayOfMonth = new("day-of-month", 1, 31, [], ", - * / ? L W");
    private static readonly Field s_dayOfWeek = new("day-of-week", 1, 7, s_days, ", - * / ? L #");
    private static readonly Field[] s_fields =
    [
        new("minutes", 0, 59, []),
        new("hours", 0, 23, []),
        s_dayOfMonth,
        new("month", 1, 12, s_months),
        s_dayOfWeek,
        new("year", 1970, 2199, []),
    ];

    /// <summary>What is wrong with the fields and what to write; null where nothing is.</summary>
    public static string? Problem(string cron)
    {
        var values = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (values.Length != s_fields.Length)
        {
            return $"it has {values.Length} fields. Write all six: cron(minutes hours day-of-month month day-of-week year).";
        }

        foreach (var (field, value) in s_fields.Zip(values))
        {
            if (!IsValid(field, value))
            {
                return $"'{value}' is no {field.Name}. Write {field.Describe()}.";
            }
        }

        return (values[2] == "?") == (values[4] == "?")
            ? "exactly one of day-of-month and day-of-week must be '?'. Write '?' for the one that does not matter, '*' or a value for the other."
            : null;
    }

    private static bool IsValid(Field field, string value) =>
        (value == "?" && IsDay(field)) || value.Split(',').All(item => IsItem(field, item.ToUpperInvariant()));

    private static bool IsDay(Field field) => field == s_dayOfMonth || field == s_dayOfWeek;

    private static bool IsItem(Field field, string item) =>
        (field == s_dayOfMonth && IsOfMonth(item))
        || (field == s_dayOfWeek && IsOfWeek(item))
        || item.Split('/') switch
        {
            [var range] => IsRange(field, range),
            [var range, var step] => (range.Length == 0 || IsRange(field, range))
                && Number(step) is { } number
                && number >= 1
                && number <= field.Last,
            _ => false,
        };

    /// <summary>The last day, the weekday that is last, a day before the last, or the weekday that is nearest to a day.</summary>
    private static bool IsOfMonth(string item) =>
        item is "L" or "LW"
        || (item.StartsWith("L-", StringComparison.Ordinal) && s_dayOfMonth.Has(item[2..]))
        || (item.EndsWith('W') && s_dayOfMonth.Has(item[..^1]));

    /// <summary>The last day of the week, the last such day of the month, or its first to fifth.</summary>
    private static bool IsOfWeek(string item) =>
        item == "L"
        || (item.EndsWith('L') && s_dayOfWeek.Has(item[..^1]))
        || (item.Split('#') is [var day, "1" or "2" or "3" or "4" or "5"] && s_dayOfWeek.Has(day));

    private static bool IsRange(Field field, string range) =>
        range == "*" || (range.Split('-') is { Length: 1 or 2 } ends && ends.All(field.Has));

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Field(string Name, int First, int Last, string[] Names, string Signs = ", - * /")
    {
        public bool Has(string value) => Names.Contains(value) || (Number(value) is { } number && number >= First && number <= Last);

        public string Describe() =>
            $"{First} to {Last}{(Names is [var first, .., var last] ? $" or {first} to {last}" : "")}, with {Signs} as needed";
    }
}
