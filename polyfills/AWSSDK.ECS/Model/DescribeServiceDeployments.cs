using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DescribeServiceDeploymentsRequest : AmazonECSRequest
{
    [AWSProperty(Required = true)]
    public List<string> ServiceDeploymentArns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class DescribeServiceDeploymentsResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ServiceDeployment> ServiceDeployments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceDeployment
{
    public ServiceDeploymentAlarms Alarms { get; set; }

    public string ClusterArn { get; set; }

    public DateTime? CreatedAt { get; set; }

    public ServiceDeploymentCircuitBreaker DeploymentCircuitBreaker { get; set; }

    public DeploymentConfiguration DeploymentConfiguration { get; set; }

    public DateTime? FinishedAt { get; set; }

    public List<DeploymentLifecycleHookDetail> LifecycleHookDetails { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ServiceDeploymentLifecycleStage LifecycleStage { get; set; }

    public Rollback Rollback { get; set; }

    public string ServiceArn { get; set; }

    public string ServiceDeploymentArn { get; set; }

    public List<ServiceRevisionSummary> SourceServiceRevisions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? StartedAt { get; set; }

    public ServiceDeploymentStatus Status { get; set; }

    public string StatusReason { get; set; }

    public DateTime? StoppedAt { get; set; }

    public ServiceRevisionSummary TargetServiceRevision { get; set; }

    public DateTime? UpdatedAt { get; set; }
}

public partial class ServiceDeploymentAlarms
{
    public List<string> AlarmNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ServiceDeploymentRollbackMonitorsStatus Status { get; set; }

    public List<string> TriggeredAlarmNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceDeploymentCircuitBreaker
{
    public int? FailureCount { get; set; }

    public ServiceDeploymentRollbackMonitorsStatus Status { get; set; }

    public int? Threshold { get; set; }
}

public partial class DeploymentLifecycleHookDetail
{
    public DateTime? ExpiresAt { get; set; }

    public string HookId { get; set; }

    public DeploymentLifecycleHookStatus Status { get; set; }

    public string TargetArn { get; set; }

    public DeploymentLifecycleHookTargetType TargetType { get; set; }

    public DeploymentLifecycleHookAction TimeoutAction { get; set; }
}

public partial class Rollback
{
    public string Reason { get; set; }

    public string ServiceRevisionArn { get; set; }

    public DateTime? StartedAt { get; set; }
}

public partial class ServiceRevisionSummary
{
    public string Arn { get; set; }

    public int? PendingTaskCount { get; set; }

    public double? RequestedProductionTrafficWeight { get; set; }

    public int? RequestedTaskCount { get; set; }

    public double? RequestedTestTrafficWeight { get; set; }

    public int? RunningTaskCount { get; set; }
}
