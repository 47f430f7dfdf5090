using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class RollbackConfiguration
{
    [AWSProperty(Min = 0, Max = 180)]
    public int? MonitoringTimeInMinutes { get; set; }

    [AWSProperty(Max = 5)]
    public List<RollbackTrigger> RollbackTriggers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class RollbackTrigger
{
    [AWSProperty(Required = true)]
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public string Type { get; set; }
}
