using Amazon.Runtime.Internal;

namespace Amazon.CloudWatch.Model;

public partial class CompositeAlarm
{
    public bool? ActionsEnabled { get; set; }

    public ActionsSuppressedBy ActionsSuppressedBy { get; set; }

    [AWSProperty(Min = 0, Max = 1024)]
    public string ActionsSuppressedReason { get; set; }

    [AWSProperty(Min = 1, Max = 1600)]
    public string ActionsSuppressor { get; set; }

    public int? ActionsSuppressorExtensionPeriod { get; set; }

    public int? ActionsSuppressorWaitPeriod { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> AlarmActions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 1600)]
    public string AlarmArn { get; set; }

    public DateTime? AlarmConfigurationUpdatedTimestamp { get; set; }

    [AWSProperty(Min = 0, Max = 1024)]
    public string AlarmDescription { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string AlarmName { get; set; }

    [AWSProperty(Min = 1, Max = 10240)]
    public string AlarmRule { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> InsufficientDataActions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Max = 5)]
    public List<string> OKActions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 0, Max = 1023)]
    public string StateReason { get; set; }

    [AWSProperty(Min = 0, Max = 4000)]
    public string StateReasonData { get; set; }

    public DateTime? StateTransitionedTimestamp { get; set; }

    public DateTime? StateUpdatedTimestamp { get; set; }

    public StateValue StateValue { get; set; }
}
