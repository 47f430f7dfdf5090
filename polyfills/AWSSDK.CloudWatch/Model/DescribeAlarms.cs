using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudWatch.Model;

public partial class DescribeAlarmsRequest : AmazonCloudWatchRequest
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string ActionPrefix { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string AlarmNamePrefix { get; set; }

    [AWSProperty(Max = 100)]
    public List<string> AlarmNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> AlarmTypes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 255)]
    public string ChildrenOfAlarmName { get; set; }

    [AWSProperty(Min = 1, Max = 100)]
    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string ParentsOfAlarmName { get; set; }

    public StateValue StateValue { get; set; }
}

public partial class DescribeAlarmsResponse : AmazonWebServiceResponse
{
    public List<CompositeAlarm> CompositeAlarms { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<MetricAlarm> MetricAlarms { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}
