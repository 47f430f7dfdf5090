using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class ScheduleTests
{
    private readonly SoundTemplate _sound = new();

    [Theory]
    [InlineData("cron(0 3 * * ? *)")]
    [InlineData("cron(15 10 ? * 6L 2024-2030)")]
    [InlineData("cron(0 8 1 * ? *)")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)")]
    [InlineData("cron(*/15 * * * ? *)")]
    [InlineData("cron(/10 * ? * mon,wed *)")]
    [InlineData("cron(0,30 9 L * ? *)")]
    [InlineData("cron(0 9 LW JAN-MAR,DEC ? *)")]
    [InlineData("cron(0 9 3W * ? *)")]
    [InlineData("cron(0 9 L-3 * ? *)")]
    [InlineData("cron(0 9 ? * 3#2 *)")]
    [InlineData("cron(0 9 ? * TUE#5 *)")]
    [InlineData("cron(0 9 ? * L *)")]
    [InlineData("cron(0 22-2 ? * FRI-MON *)")]
    [InlineData("cron(59 23 31 12 ? 2199)")]
    [InlineData("cron( 0  0 1/7 * ? 1970/2 )")]
    [InlineData("rate(1 minute)")]
    [InlineData("rate(5 minutes)")]
    [InlineData("rate(1 hour)")]
    [InlineData("rate(30  days)")]
    [InlineData("at(2030-01-31T06:30:00)")]
    [InlineData("at(2028-02-29T23:59:59)")]
    public void A_schedule_as_AWS_reads_it_is_sound(string expression)
    {
        _sound.Schedule["ScheduleExpression"] = expression;
        _sound.Night["Schedule"] = expression;
        _sound.HasNoFault();
    }

    [Theory]
    [InlineData("0 3 * * ? *", "it is none of cron(")]
    [InlineData("cron(0 3 * * ? *", "it is none of cron(")]
    [InlineData("every(5 minutes)", "it is none of cron(")]
    [InlineData("", "it is none of cron(")]
    [InlineData("cron(0 3 * * ?)", "it has 5 fields. Write all six: cron(minutes hours day-of-month month day-of-week year).")]
    [InlineData("cron(0 0 3 * * ? *)", "it has 7 fields.")]
    [InlineData("cron(60 3 * * ? *)", "'60' is no minutes. Write 0 to 59, with , - * / as needed.")]
    [InlineData("cron(0 24 * * ? *)", "'24' is no hours. Write 0 to 23, with , - * / as needed.")]
    [InlineData("cron(0 3 0 * ? *)", "'0' is no day-of-month. Write 1 to 31, with , - * / ? L W as needed.")]
    [InlineData("cron(0 3 32W * ? *)", "'32W' is no day-of-month.")]
    [InlineData("cron(0 3 * 13 ? *)", "'13' is no month. Write 1 to 12 or JAN to DEC, with , - * / as needed.")]
    [InlineData("cron(0 3 * JUNE ? *)", "'JUNE' is no month.")]
    [InlineData("cron(0 3 ? * 0 *)", "'0' is no day-of-week. Write 1 to 7 or SUN to SAT, with , - * / ? L # as needed.")]
    [InlineData("cron(0 3 ? * MON#6 *)", "'MON#6' is no day-of-week.")]
    [InlineData("cron(0 3 ? * MONDAY *)", "'MONDAY' is no day-of-week.")]
    [InlineData("cron(0 3 * * ? 1969)", "'1969' is no year. Write 1970 to 2199, with , - * / as needed.")]
    [InlineData("cron(? 3 * * ? *)", "'?' is no minutes.")]
    [InlineData("cron(*/0 3 * * ? *)", "'*/0' is no minutes.")]
    [InlineData("cron(*/90 3 * * ? *)", "'*/90' is no minutes.")]
    [InlineData("cron(1-2-3 3 * * ? *)", "'1-2-3' is no minutes.")]
    [InlineData("cron(1, 3 * * ? *)", "'1,' is no minutes.")]
    [InlineData("cron(0 L * * ? *)", "'L' is no hours.")]
    [InlineData(
        "cron(0 3 * * * *)",
        "exactly one of day-of-month and day-of-week must be '?'. Write '?' for the one that does not matter, '*' or a value for the other."
    )]
    [InlineData("cron(0 3 ? * ? *)", "exactly one of day-of-month and day-of-week must be '?'.")]
    [InlineData("cron(0 3 1 * MON *)", "exactly one of day-of-month and day-of-week must be '?'.")]
    [InlineData(
        "rate(0 minutes)",
        "'0 minutes' is no rate. Write a number above 0 and minute, minutes, hour, hours, day or days, such as rate(5 minutes)."
    )]
    [InlineData("rate(5 seconds)", "'5 seconds' is no rate.")]
    [InlineData("rate(-5 minutes)", "'-5 minutes' is no rate.")]
    [InlineData("rate(1.5 hours)", "'1.5 hours' is no rate.")]
    [InlineData("rate(minute)", "'minute' is no rate.")]
    [InlineData("at(2030-01-31)", "'2030-01-31' is no date and time. Write yyyy-mm-ddThh:mm:ss, such as at(2030-01-31T06:30:00).")]
    [InlineData("at(2030-02-30T06:30:00)", "'2030-02-30T06:30:00' is no date and time.")]
    [InlineData("at(2030-01-31T06:30:00Z)", "'2030-01-31T06:30:00Z' is no date and time.")]
    [InlineData("at(2030-01-31 06:30:00)", "'2030-01-31 06:30:00' is no date and time.")]
    public void A_schedule_that_AWS_would_refuse_is_a_fault(string expression, string problem)
    {
        _sound.Schedule["ScheduleExpression"] = expression;
        var fault = Assert.Single(TemplateValidator.Validate(_sound.Template));
        Assert.StartsWith($"'ApiSchedule' of 'shop' has the schedule '{expression}': {problem}", fault);
    }

    /// <summary>AWS's own samples have either: eventbridge-schedule-to-sqs of https://github.com/aws-samples/serverless-patterns.</summary>
    [Theory]
    [InlineData("rate(1 hours)", "rate(1 hour)")]
    [InlineData("rate(5 minute)", "rate(5 minutes)")]
    public void Singular_and_plural_are_one_to_EventBridge_Scheduler_alone(string expression, string right)
    {
        _sound.Schedule["ScheduleExpression"] = expression;
        _sound.HasNoFault();

        _sound.Night["Schedule"] = expression;
        _sound.HasFault(
            $"'ApiRange' of 'shop' has the schedule '{expression}': 1 has a unit in the singular, any other number one in the plural. Write {right}."
        );
    }

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("Etc/UTC", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Europe/Atlantis", false)]
    [InlineData("Eastern Standard Time", false)]
    public void A_time_zone_has_a_name_of_IANA(string zone, bool isSound)
    {
        Assert.SkipUnless(
            TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out _)
                && TimeZoneInfo.TryFindSystemTimeZoneById("US/Eastern", out _),
            "This machine has no names of time zones to compare with."
        );
        _sound.Schedule["ScheduleExpressionTimezone"] = zone;
        _sound.Night["Timezone"] = zone;
        string Fault(string id) =>
            $"'{id}' of 'shop' has the time zone '{zone}', which is no IANA name of one. Write one such as Europe/Berlin or UTC.";
        _sound.HasFault(isSound ? [] : [Fault("ApiSchedule"), Fault("ApiRange")]);
    }

    [Fact]
    public void A_range_begins_below_its_end()
    {
        _sound.ScalableTarget["MinCapacity"] = 11;
        _sound.HasFault(
            "'ApiRange' of 'shop' scales between at least 11 and at most 10 tasks. Write a MinCapacity that is not above MaxCapacity."
        );

        _sound.ScalableTarget["MinCapacity"] = 10;
        _sound.HasNoFault();
    }

    [Fact]
    public void So_does_a_range_that_comes_on_a_schedule()
    {
        var range = _sound.Night.Map("ScalableTargetAction");
        range["MinCapacity"] = 2;
        _sound.HasFault(
            "'ApiRange' of 'shop' has a scheduled action 'night' that scales between at least 2 and at most 1 tasks. Write a MinCapacity that is not above MaxCapacity."
        );

        range["MaxCapacity"] = null;
        _sound.HasNoFault();
    }
}
