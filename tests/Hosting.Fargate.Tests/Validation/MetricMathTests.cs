using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class MetricMathTests
{
    private readonly SoundTemplate _sound = new();

    private TemplateList AlarmMetrics => (TemplateList)_sound.Alarm["Metrics"]!;

    private TemplateMap Waiting => (TemplateMap)AlarmMetrics[0];

    private TemplateMap Result => (TemplateMap)AlarmMetrics[2];

    [Fact]
    public void An_alarm_returns_one_metric_and_what_is_not_said_is_returned()
    {
        Waiting["ReturnData"] = null;
        _sound.HasFault(
            "'ApiAlarm' of 'shop' returns 2 of its metrics ('waiting', 'result'). Write ReturnData: false for all but the one that counts; without it, it is true."
        );
    }

    [Fact]
    public void An_alarm_that_returns_nothing_watches_nothing()
    {
        Result["ReturnData"] = false;
        _sound.HasFault("'ApiAlarm' of 'shop' returns none of its metrics. Write ReturnData: true for the one that counts.");

        Result["ReturnData"] = Fn.If("IsLarge", true, false);
        _sound.HasNoFault();
    }

    [Fact]
    public void Target_tracking_returns_one_metric_too()
    {
        (
            (TemplateMap)
                _sound.Scaling.At("TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification", "Metrics").Items().First()
        )["ReturnData"] = true;
        _sound.HasFault(
            "'ApiScaling' of 'shop' returns 2 of its metrics ('waiting', 'result'). Write ReturnData: false for all but the one that counts; without it, it is true."
        );
    }

    [Fact]
    public void An_alarm_on_an_anomaly_returns_the_band_too()
    {
        Waiting["ReturnData"] = true;
        Result["Expression"] = "ANOMALY_DETECTION_BAND(waiting, 2)";
        _sound.Alarm["ThresholdMetricId"] = "result";
        _sound.HasNoFault();
    }

    [Fact]
    public void An_expression_names_metrics_that_there_are()
    {
        Result["Expression"] = "FILL(wating, 0) + running + wating";
        _sound.HasFault(
            "'ApiAlarm' of 'shop' has 'wating' in the expression 'FILL(wating, 0) + running + wating', and no metric of that id (its ids: 'waiting', 'running', 'result'). Correct the name, or add the metric."
        );
    }

    [Fact]
    public void Functions_are_upper_case()
    {
        Result["Expression"] = "fill(waiting, 0)";
        _sound.HasFault(
            "'ApiAlarm' of 'shop' calls 'fill' in the expression 'fill(waiting, 0)', and functions are upper-case. Write FILL."
        );
    }

    [Theory]
    [InlineData("SUM(METRICS(\"errors\")) / waiting")]
    [InlineData("SEARCH('{AWS/SQS,QueueName} MetricName=\"sent\"', 'Sum', 60)")]
    [InlineData("SELECT AVG(backlog) FROM jobs")]
    [InlineData("1.5e3 * waiting / 2e-1")]
    public void Names_in_quotes_queries_and_numbers_are_no_metrics(string expression)
    {
        Result["Expression"] = expression;
        _sound.HasNoFault();
    }

    [Fact]
    public void An_id_begins_lower_case_and_is_there_once()
    {
        Waiting["Id"] = "Waiting";
        Result["Expression"] = "running";
        Result["Id"] = "running";
        _sound.HasFault(
            "'ApiAlarm' of 'shop' has a metric with the id 'Waiting'. Begin it with a lower-case letter, with letters, digits and _ after that.",
            "'ApiAlarm' of 'shop' has more than one metric with the id 'running'. Give each an id of its own."
        );
    }
}
