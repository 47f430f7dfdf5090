using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ECSManagedResources
{
    public ManagedAutoScaling AutoScaling { get; set; }

    public List<ManagedIngressPath> IngressPaths { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ManagedLogGroup> LogGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ManagedMetricAlarm> MetricAlarms { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ManagedSecurityGroup> ServiceSecurityGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ManagedAutoScaling
{
    public List<ManagedApplicationAutoScalingPolicy> ApplicationAutoScalingPolicies { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ManagedScalableTarget ScalableTarget { get; set; }
}

public partial class ManagedApplicationAutoScalingPolicy
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public string Metric { get; set; }

    [AWSProperty(Required = true)]
    public string PolicyType { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public double? TargetValue { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedScalableTarget
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public int? MaxCapacity { get; set; }

    [AWSProperty(Required = true)]
    public int? MinCapacity { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedSecurityGroup
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedLogGroup
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public string LogGroupName { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedMetricAlarm
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}
