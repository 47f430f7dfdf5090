using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DeploymentConfiguration
{
    public DeploymentAlarms Alarms { get; set; }

    public int? BakeTimeInMinutes { get; set; }

    public CanaryConfiguration CanaryConfiguration { get; set; }

    public DeploymentCircuitBreaker DeploymentCircuitBreaker { get; set; }

    public List<DeploymentLifecycleHook> LifecycleHooks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public LinearConfiguration LinearConfiguration { get; set; }

    public int? MaximumPercent { get; set; }

    public int? MinimumHealthyPercent { get; set; }

    public DeploymentStrategy Strategy { get; set; }
}

public partial class DeploymentAlarms
{
    [AWSProperty(Required = true)]
    public List<string> AlarmNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public bool? Enable { get; set; }

    [AWSProperty(Required = true)]
    public bool? Rollback { get; set; }
}

public partial class CanaryConfiguration
{
    public int? CanaryBakeTimeInMinutes { get; set; }

    public double? CanaryPercent { get; set; }
}

public partial class DeploymentCircuitBreaker
{
    [AWSProperty(Required = true)]
    public bool? Enable { get; set; }

    [AWSProperty(Required = true)]
    public bool? Rollback { get; set; }
}

public partial class DeploymentLifecycleHook
{
    public HookDetails HookDetails { get; set; }

    public string HookTargetArn { get; set; }

    public List<string> LifecycleStages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string RoleArn { get; set; }

    public DeploymentLifecycleHookTargetType TargetType { get; set; }

    public DeploymentLifecycleHookTimeoutConfiguration TimeoutConfiguration { get; set; }
}

public partial class HookDetails
{
}

public partial class DeploymentLifecycleHookTimeoutConfiguration
{
    public DeploymentLifecycleHookAction Action { get; set; }

    [AWSProperty(Min = 1, Max = 20160)]
    public int? TimeoutInMinutes { get; set; }
}

public partial class LinearConfiguration
{
    public int? StepBakeTimeInMinutes { get; set; }

    public double? StepPercent { get; set; }
}
