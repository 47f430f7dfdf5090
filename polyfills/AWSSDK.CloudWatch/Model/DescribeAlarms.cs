using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

public class DescribeAlarmsRequest : AmazonCloudWatchRequest
{
    public List<string> AlarmNames { get; set; }
    public int? MaxRecords { get; set; }
}

public class DescribeAlarmsResponse : AmazonWebServiceResponse
{
    public List<MetricAlarm> MetricAlarms { get; set; }
}
