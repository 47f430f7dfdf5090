namespace Amazon.CloudWatch.Model;

public class MetricAlarm
{
    public string AlarmDescription { get; set; }
    public string AlarmName { get; set; }
    public string StateReason { get; set; }
    public DateTime? StateTransitionedTimestamp { get; set; }
    public DateTime? StateUpdatedTimestamp { get; set; }
    public StateValue StateValue { get; set; }
}
