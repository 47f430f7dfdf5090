using Amazon.Runtime;

namespace Amazon.ECS;

public class AccessType : ConstantClass
{
    public static readonly AccessType PRIVATE = new("PRIVATE");
    public static readonly AccessType PUBLIC = new("PUBLIC");

    public AccessType(string value)
        : base(value)
    {
    }

    public static AccessType FindValue(string value) => FindValue<AccessType>(value);

    public static implicit operator AccessType(string value) => FindValue(value);
}

public class ApplicationProtocol : ConstantClass
{
    public static readonly ApplicationProtocol Grpc = new("grpc");
    public static readonly ApplicationProtocol Http = new("http");
    public static readonly ApplicationProtocol Http2 = new("http2");

    public ApplicationProtocol(string value)
        : base(value)
    {
    }

    public static ApplicationProtocol FindValue(string value) => FindValue<ApplicationProtocol>(value);

    public static implicit operator ApplicationProtocol(string value) => FindValue(value);
}

public class AssignPublicIp : ConstantClass
{
    public static readonly AssignPublicIp DISABLED = new("DISABLED");
    public static readonly AssignPublicIp ENABLED = new("ENABLED");

    public AssignPublicIp(string value)
        : base(value)
    {
    }

    public static AssignPublicIp FindValue(string value) => FindValue<AssignPublicIp>(value);

    public static implicit operator AssignPublicIp(string value) => FindValue(value);
}

public class AvailabilityZoneRebalancing : ConstantClass
{
    public static readonly AvailabilityZoneRebalancing DISABLED = new("DISABLED");
    public static readonly AvailabilityZoneRebalancing ENABLED = new("ENABLED");

    public AvailabilityZoneRebalancing(string value)
        : base(value)
    {
    }

    public static AvailabilityZoneRebalancing FindValue(string value) => FindValue<AvailabilityZoneRebalancing>(value);

    public static implicit operator AvailabilityZoneRebalancing(string value) => FindValue(value);
}

public class CPUArchitecture : ConstantClass
{
    public static readonly CPUArchitecture ARM64 = new("ARM64");
    public static readonly CPUArchitecture X86_64 = new("X86_64");

    public CPUArchitecture(string value)
        : base(value)
    {
    }

    public static CPUArchitecture FindValue(string value) => FindValue<CPUArchitecture>(value);

    public static implicit operator CPUArchitecture(string value) => FindValue(value);
}

public class ClusterField : ConstantClass
{
    public static readonly ClusterField ATTACHMENTS = new("ATTACHMENTS");
    public static readonly ClusterField CONFIGURATIONS = new("CONFIGURATIONS");
    public static readonly ClusterField SETTINGS = new("SETTINGS");
    public static readonly ClusterField STATISTICS = new("STATISTICS");
    public static readonly ClusterField TAGS = new("TAGS");

    public ClusterField(string value)
        : base(value)
    {
    }

    public static ClusterField FindValue(string value) => FindValue<ClusterField>(value);

    public static implicit operator ClusterField(string value) => FindValue(value);
}

public class ClusterSettingName : ConstantClass
{
    public static readonly ClusterSettingName ContainerInsights = new("containerInsights");

    public ClusterSettingName(string value)
        : base(value)
    {
    }

    public static ClusterSettingName FindValue(string value) => FindValue<ClusterSettingName>(value);

    public static implicit operator ClusterSettingName(string value) => FindValue(value);
}

public class Compatibility : ConstantClass
{
    public static readonly Compatibility EC2 = new("EC2");
    public static readonly Compatibility EXTERNAL = new("EXTERNAL");
    public static readonly Compatibility FARGATE = new("FARGATE");
    public static readonly Compatibility MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public Compatibility(string value)
        : base(value)
    {
    }

    public static Compatibility FindValue(string value) => FindValue<Compatibility>(value);

    public static implicit operator Compatibility(string value) => FindValue(value);
}

public class Connectivity : ConstantClass
{
    public static readonly Connectivity CONNECTED = new("CONNECTED");
    public static readonly Connectivity DISCONNECTED = new("DISCONNECTED");

    public Connectivity(string value)
        : base(value)
    {
    }

    public static Connectivity FindValue(string value) => FindValue<Connectivity>(value);

    public static implicit operator Connectivity(string value) => FindValue(value);
}

public class ContainerCondition : ConstantClass
{
    public static readonly ContainerCondition COMPLETE = new("COMPLETE");
    public static readonly ContainerCondition HEALTHY = new("HEALTHY");
    public static readonly ContainerCondition START = new("START");
    public static readonly ContainerCondition SUCCESS = new("SUCCESS");

    public ContainerCondition(string value)
        : base(value)
    {
    }

    public static ContainerCondition FindValue(string value) => FindValue<ContainerCondition>(value);

    public static implicit operator ContainerCondition(string value) => FindValue(value);
}

public class DeploymentControllerType : ConstantClass
{
    public static readonly DeploymentControllerType CODE_DEPLOY = new("CODE_DEPLOY");
    public static readonly DeploymentControllerType ECS = new("ECS");
    public static readonly DeploymentControllerType EXTERNAL = new("EXTERNAL");

    public DeploymentControllerType(string value)
        : base(value)
    {
    }

    public static DeploymentControllerType FindValue(string value) => FindValue<DeploymentControllerType>(value);

    public static implicit operator DeploymentControllerType(string value) => FindValue(value);
}

public class DeploymentLifecycleHookAction : ConstantClass
{
    public static readonly DeploymentLifecycleHookAction CONTINUE = new("CONTINUE");
    public static readonly DeploymentLifecycleHookAction ROLLBACK = new("ROLLBACK");

    public DeploymentLifecycleHookAction(string value)
        : base(value)
    {
    }

    public static DeploymentLifecycleHookAction FindValue(string value) => FindValue<DeploymentLifecycleHookAction>(value);

    public static implicit operator DeploymentLifecycleHookAction(string value) => FindValue(value);
}

public class DeploymentLifecycleHookStage : ConstantClass
{
    public static readonly DeploymentLifecycleHookStage POST_PRODUCTION_TRAFFIC_SHIFT = new("POST_PRODUCTION_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage POST_SCALE_UP = new("POST_SCALE_UP");
    public static readonly DeploymentLifecycleHookStage POST_TEST_TRAFFIC_SHIFT = new("POST_TEST_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage PRE_PRODUCTION_TRAFFIC_SHIFT = new("PRE_PRODUCTION_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage PRE_SCALE_UP = new("PRE_SCALE_UP");
    public static readonly DeploymentLifecycleHookStage PRODUCTION_TRAFFIC_SHIFT = new("PRODUCTION_TRAFFIC_SHIFT");
    public static readonly DeploymentLifecycleHookStage RECONCILE_SERVICE = new("RECONCILE_SERVICE");
    public static readonly DeploymentLifecycleHookStage TEST_TRAFFIC_SHIFT = new("TEST_TRAFFIC_SHIFT");

    public DeploymentLifecycleHookStage(string value)
        : base(value)
    {
    }

    public static DeploymentLifecycleHookStage FindValue(string value) => FindValue<DeploymentLifecycleHookStage>(value);

    public static implicit operator DeploymentLifecycleHookStage(string value) => FindValue(value);
}

public class DeploymentLifecycleHookStatus : ConstantClass
{
    public static readonly DeploymentLifecycleHookStatus AWAITING_ACTION = new("AWAITING_ACTION");
    public static readonly DeploymentLifecycleHookStatus FAILED = new("FAILED");
    public static readonly DeploymentLifecycleHookStatus IN_PROGRESS = new("IN_PROGRESS");
    public static readonly DeploymentLifecycleHookStatus SUCCEEDED = new("SUCCEEDED");
    public static readonly DeploymentLifecycleHookStatus TIMED_OUT = new("TIMED_OUT");

    public DeploymentLifecycleHookStatus(string value)
        : base(value)
    {
    }

    public static DeploymentLifecycleHookStatus FindValue(string value) => FindValue<DeploymentLifecycleHookStatus>(value);

    public static implicit operator DeploymentLifecycleHookStatus(string value) => FindValue(value);
}

public class DeploymentLifecycleHookTargetType : ConstantClass
{
    public static readonly DeploymentLifecycleHookTargetType AWS_LAMBDA = new("AWS_LAMBDA");
    public static readonly DeploymentLifecycleHookTargetType PAUSE = new("PAUSE");

    public DeploymentLifecycleHookTargetType(string value)
        : base(value)
    {
    }

    public static DeploymentLifecycleHookTargetType FindValue(string value) => FindValue<DeploymentLifecycleHookTargetType>(value);

    public static implicit operator DeploymentLifecycleHookTargetType(string value) => FindValue(value);
}

public class DeploymentRolloutState : ConstantClass
{
    public static readonly DeploymentRolloutState COMPLETED = new("COMPLETED");
    public static readonly DeploymentRolloutState FAILED = new("FAILED");
    public static readonly DeploymentRolloutState IN_PROGRESS = new("IN_PROGRESS");

    public DeploymentRolloutState(string value)
        : base(value)
    {
    }

    public static DeploymentRolloutState FindValue(string value) => FindValue<DeploymentRolloutState>(value);

    public static implicit operator DeploymentRolloutState(string value) => FindValue(value);
}

public class DeploymentStrategy : ConstantClass
{
    public static readonly DeploymentStrategy BLUE_GREEN = new("BLUE_GREEN");
    public static readonly DeploymentStrategy CANARY = new("CANARY");
    public static readonly DeploymentStrategy LINEAR = new("LINEAR");
    public static readonly DeploymentStrategy ROLLING = new("ROLLING");

    public DeploymentStrategy(string value)
        : base(value)
    {
    }

    public static DeploymentStrategy FindValue(string value) => FindValue<DeploymentStrategy>(value);

    public static implicit operator DeploymentStrategy(string value) => FindValue(value);
}

public class DesiredStatus : ConstantClass
{
    public static readonly DesiredStatus PENDING = new("PENDING");
    public static readonly DesiredStatus RUNNING = new("RUNNING");
    public static readonly DesiredStatus STOPPED = new("STOPPED");

    public DesiredStatus(string value)
        : base(value)
    {
    }

    public static DesiredStatus FindValue(string value) => FindValue<DesiredStatus>(value);

    public static implicit operator DesiredStatus(string value) => FindValue(value);
}

public class DeviceCgroupPermission : ConstantClass
{
    public static readonly DeviceCgroupPermission Mknod = new("mknod");
    public static readonly DeviceCgroupPermission Read = new("read");
    public static readonly DeviceCgroupPermission Write = new("write");

    public DeviceCgroupPermission(string value)
        : base(value)
    {
    }

    public static DeviceCgroupPermission FindValue(string value) => FindValue<DeviceCgroupPermission>(value);

    public static implicit operator DeviceCgroupPermission(string value) => FindValue(value);
}

public class EBSResourceType : ConstantClass
{
    public static readonly EBSResourceType Volume = new("volume");

    public EBSResourceType(string value)
        : base(value)
    {
    }

    public static EBSResourceType FindValue(string value) => FindValue<EBSResourceType>(value);

    public static implicit operator EBSResourceType(string value) => FindValue(value);
}

public class EFSAuthorizationConfigIAM : ConstantClass
{
    public static readonly EFSAuthorizationConfigIAM DISABLED = new("DISABLED");
    public static readonly EFSAuthorizationConfigIAM ENABLED = new("ENABLED");

    public EFSAuthorizationConfigIAM(string value)
        : base(value)
    {
    }

    public static EFSAuthorizationConfigIAM FindValue(string value) => FindValue<EFSAuthorizationConfigIAM>(value);

    public static implicit operator EFSAuthorizationConfigIAM(string value) => FindValue(value);
}

public class EFSTransitEncryption : ConstantClass
{
    public static readonly EFSTransitEncryption DISABLED = new("DISABLED");
    public static readonly EFSTransitEncryption ENABLED = new("ENABLED");

    public EFSTransitEncryption(string value)
        : base(value)
    {
    }

    public static EFSTransitEncryption FindValue(string value) => FindValue<EFSTransitEncryption>(value);

    public static implicit operator EFSTransitEncryption(string value) => FindValue(value);
}

public class EnvironmentFileType : ConstantClass
{
    public static readonly EnvironmentFileType S3 = new("s3");

    public EnvironmentFileType(string value)
        : base(value)
    {
    }

    public static EnvironmentFileType FindValue(string value) => FindValue<EnvironmentFileType>(value);

    public static implicit operator EnvironmentFileType(string value) => FindValue(value);
}

public class ExecuteCommandLogging : ConstantClass
{
    public static readonly ExecuteCommandLogging DEFAULT = new("DEFAULT");
    public static readonly ExecuteCommandLogging NONE = new("NONE");
    public static readonly ExecuteCommandLogging OVERRIDE = new("OVERRIDE");

    public ExecuteCommandLogging(string value)
        : base(value)
    {
    }

    public static ExecuteCommandLogging FindValue(string value) => FindValue<ExecuteCommandLogging>(value);

    public static implicit operator ExecuteCommandLogging(string value) => FindValue(value);
}

public class FirelensConfigurationType : ConstantClass
{
    public static readonly FirelensConfigurationType Fluentbit = new("fluentbit");
    public static readonly FirelensConfigurationType Fluentd = new("fluentd");

    public FirelensConfigurationType(string value)
        : base(value)
    {
    }

    public static FirelensConfigurationType FindValue(string value) => FindValue<FirelensConfigurationType>(value);

    public static implicit operator FirelensConfigurationType(string value) => FindValue(value);
}

public class HealthStatus : ConstantClass
{
    public static readonly HealthStatus HEALTHY = new("HEALTHY");
    public static readonly HealthStatus UNHEALTHY = new("UNHEALTHY");
    public static readonly HealthStatus UNKNOWN = new("UNKNOWN");

    public HealthStatus(string value)
        : base(value)
    {
    }

    public static HealthStatus FindValue(string value) => FindValue<HealthStatus>(value);

    public static implicit operator HealthStatus(string value) => FindValue(value);
}

public class IpcMode : ConstantClass
{
    public static readonly IpcMode Host = new("host");
    public static readonly IpcMode None = new("none");
    public static readonly IpcMode Task = new("task");

    public IpcMode(string value)
        : base(value)
    {
    }

    public static IpcMode FindValue(string value) => FindValue<IpcMode>(value);

    public static implicit operator IpcMode(string value) => FindValue(value);
}

public class LaunchType : ConstantClass
{
    public static readonly LaunchType EC2 = new("EC2");
    public static readonly LaunchType EXTERNAL = new("EXTERNAL");
    public static readonly LaunchType FARGATE = new("FARGATE");
    public static readonly LaunchType MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public LaunchType(string value)
        : base(value)
    {
    }

    public static LaunchType FindValue(string value) => FindValue<LaunchType>(value);

    public static implicit operator LaunchType(string value) => FindValue(value);
}

public class LogDriver : ConstantClass
{
    public static readonly LogDriver Awsfirelens = new("awsfirelens");
    public static readonly LogDriver Awslogs = new("awslogs");
    public static readonly LogDriver Fluentd = new("fluentd");
    public static readonly LogDriver Gelf = new("gelf");
    public static readonly LogDriver Journald = new("journald");
    public static readonly LogDriver JsonFile = new("json-file");
    public static readonly LogDriver Splunk = new("splunk");
    public static readonly LogDriver Syslog = new("syslog");

    public LogDriver(string value)
        : base(value)
    {
    }

    public static LogDriver FindValue(string value) => FindValue<LogDriver>(value);

    public static implicit operator LogDriver(string value) => FindValue(value);
}

public class ManagedAgentName : ConstantClass
{
    public static readonly ManagedAgentName ExecuteCommandAgent = new("ExecuteCommandAgent");

    public ManagedAgentName(string value)
        : base(value)
    {
    }

    public static ManagedAgentName FindValue(string value) => FindValue<ManagedAgentName>(value);

    public static implicit operator ManagedAgentName(string value) => FindValue(value);
}

public class ManagedResourceStatus : ConstantClass
{
    public static readonly ManagedResourceStatus ACTIVE = new("ACTIVE");
    public static readonly ManagedResourceStatus DELETED = new("DELETED");
    public static readonly ManagedResourceStatus DEPROVISIONING = new("DEPROVISIONING");
    public static readonly ManagedResourceStatus FAILED = new("FAILED");
    public static readonly ManagedResourceStatus PROVISIONING = new("PROVISIONING");

    public ManagedResourceStatus(string value)
        : base(value)
    {
    }

    public static ManagedResourceStatus FindValue(string value) => FindValue<ManagedResourceStatus>(value);

    public static implicit operator ManagedResourceStatus(string value) => FindValue(value);
}

public class NetworkMode : ConstantClass
{
    public static readonly NetworkMode Awsvpc = new("awsvpc");
    public static readonly NetworkMode Bridge = new("bridge");
    public static readonly NetworkMode Host = new("host");
    public static readonly NetworkMode None = new("none");

    public NetworkMode(string value)
        : base(value)
    {
    }

    public static NetworkMode FindValue(string value) => FindValue<NetworkMode>(value);

    public static implicit operator NetworkMode(string value) => FindValue(value);
}

public class OSFamily : ConstantClass
{
    public static readonly OSFamily LINUX = new("LINUX");
    public static readonly OSFamily WINDOWS_SERVER_2004_CORE = new("WINDOWS_SERVER_2004_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2016_FULL = new("WINDOWS_SERVER_2016_FULL");
    public static readonly OSFamily WINDOWS_SERVER_2019_CORE = new("WINDOWS_SERVER_2019_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2019_FULL = new("WINDOWS_SERVER_2019_FULL");
    public static readonly OSFamily WINDOWS_SERVER_2022_CORE = new("WINDOWS_SERVER_2022_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2022_FULL = new("WINDOWS_SERVER_2022_FULL");
    public static readonly OSFamily WINDOWS_SERVER_2025_CORE = new("WINDOWS_SERVER_2025_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2025_FULL = new("WINDOWS_SERVER_2025_FULL");
    public static readonly OSFamily WINDOWS_SERVER_20H2_CORE = new("WINDOWS_SERVER_20H2_CORE");

    public OSFamily(string value)
        : base(value)
    {
    }

    public static OSFamily FindValue(string value) => FindValue<OSFamily>(value);

    public static implicit operator OSFamily(string value) => FindValue(value);
}

public class PidMode : ConstantClass
{
    public static readonly PidMode Host = new("host");
    public static readonly PidMode Task = new("task");

    public PidMode(string value)
        : base(value)
    {
    }

    public static PidMode FindValue(string value) => FindValue<PidMode>(value);

    public static implicit operator PidMode(string value) => FindValue(value);
}

public class PlacementConstraintType : ConstantClass
{
    public static readonly PlacementConstraintType DistinctInstance = new("distinctInstance");
    public static readonly PlacementConstraintType MemberOf = new("memberOf");

    public PlacementConstraintType(string value)
        : base(value)
    {
    }

    public static PlacementConstraintType FindValue(string value) => FindValue<PlacementConstraintType>(value);

    public static implicit operator PlacementConstraintType(string value) => FindValue(value);
}

public class PlacementStrategyType : ConstantClass
{
    public static readonly PlacementStrategyType Binpack = new("binpack");
    public static readonly PlacementStrategyType Random = new("random");
    public static readonly PlacementStrategyType Spread = new("spread");

    public PlacementStrategyType(string value)
        : base(value)
    {
    }

    public static PlacementStrategyType FindValue(string value) => FindValue<PlacementStrategyType>(value);

    public static implicit operator PlacementStrategyType(string value) => FindValue(value);
}

public class PropagateTags : ConstantClass
{
    public static readonly PropagateTags NONE = new("NONE");
    public static readonly PropagateTags SERVICE = new("SERVICE");
    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");

    public PropagateTags(string value)
        : base(value)
    {
    }

    public static PropagateTags FindValue(string value) => FindValue<PropagateTags>(value);

    public static implicit operator PropagateTags(string value) => FindValue(value);
}

public class ProxyConfigurationType : ConstantClass
{
    public static readonly ProxyConfigurationType APPMESH = new("APPMESH");

    public ProxyConfigurationType(string value)
        : base(value)
    {
    }

    public static ProxyConfigurationType FindValue(string value) => FindValue<ProxyConfigurationType>(value);

    public static implicit operator ProxyConfigurationType(string value) => FindValue(value);
}

public class ResourceManagementType : ConstantClass
{
    public static readonly ResourceManagementType CUSTOMER = new("CUSTOMER");
    public static readonly ResourceManagementType ECS = new("ECS");

    public ResourceManagementType(string value)
        : base(value)
    {
    }

    public static ResourceManagementType FindValue(string value) => FindValue<ResourceManagementType>(value);

    public static implicit operator ResourceManagementType(string value) => FindValue(value);
}

public class ResourceType : ConstantClass
{
    public static readonly ResourceType GPU = new("GPU");
    public static readonly ResourceType InferenceAccelerator = new("InferenceAccelerator");

    public ResourceType(string value)
        : base(value)
    {
    }

    public static ResourceType FindValue(string value) => FindValue<ResourceType>(value);

    public static implicit operator ResourceType(string value) => FindValue(value);
}

public class ScaleUnit : ConstantClass
{
    public static readonly ScaleUnit PERCENT = new("PERCENT");

    public ScaleUnit(string value)
        : base(value)
    {
    }

    public static ScaleUnit FindValue(string value) => FindValue<ScaleUnit>(value);

    public static implicit operator ScaleUnit(string value) => FindValue(value);
}

public class SchedulingStrategy : ConstantClass
{
    public static readonly SchedulingStrategy DAEMON = new("DAEMON");
    public static readonly SchedulingStrategy REPLICA = new("REPLICA");

    public SchedulingStrategy(string value)
        : base(value)
    {
    }

    public static SchedulingStrategy FindValue(string value) => FindValue<SchedulingStrategy>(value);

    public static implicit operator SchedulingStrategy(string value) => FindValue(value);
}

public class Scope : ConstantClass
{
    public static readonly Scope Shared = new("shared");
    public static readonly Scope Task = new("task");

    public Scope(string value)
        : base(value)
    {
    }

    public static Scope FindValue(string value) => FindValue<Scope>(value);

    public static implicit operator Scope(string value) => FindValue(value);
}

public class ServiceConnectAccessLoggingFormat : ConstantClass
{
    public static readonly ServiceConnectAccessLoggingFormat JSON = new("JSON");
    public static readonly ServiceConnectAccessLoggingFormat TEXT = new("TEXT");

    public ServiceConnectAccessLoggingFormat(string value)
        : base(value)
    {
    }

    public static ServiceConnectAccessLoggingFormat FindValue(string value) => FindValue<ServiceConnectAccessLoggingFormat>(value);

    public static implicit operator ServiceConnectAccessLoggingFormat(string value) => FindValue(value);
}

public class ServiceConnectIncludeQueryParameters : ConstantClass
{
    public static readonly ServiceConnectIncludeQueryParameters DISABLED = new("DISABLED");
    public static readonly ServiceConnectIncludeQueryParameters ENABLED = new("ENABLED");

    public ServiceConnectIncludeQueryParameters(string value)
        : base(value)
    {
    }

    public static ServiceConnectIncludeQueryParameters FindValue(string value) => FindValue<ServiceConnectIncludeQueryParameters>(value);

    public static implicit operator ServiceConnectIncludeQueryParameters(string value) => FindValue(value);
}

public class ServiceDeploymentLifecycleStage : ConstantClass
{
    public static readonly ServiceDeploymentLifecycleStage BAKE_TIME = new("BAKE_TIME");
    public static readonly ServiceDeploymentLifecycleStage CLEAN_UP = new("CLEAN_UP");
    public static readonly ServiceDeploymentLifecycleStage POST_PRODUCTION_TRAFFIC_SHIFT = new("POST_PRODUCTION_TRAFFIC_SHIFT");
    public static readonly ServiceDeploymentLifecycleStage POST_SCALE_UP = new("POST_SCALE_UP");
    public static readonly ServiceDeploymentLifecycleStage POST_TEST_TRAFFIC_SHIFT = new("POST_TEST_TRAFFIC_SHIFT");
    public static readonly ServiceDeploymentLifecycleStage PRE_SCALE_UP = new("PRE_SCALE_UP");
    public static readonly ServiceDeploymentLifecycleStage PRODUCTION_TRAFFIC_SHIFT = new("PRODUCTION_TRAFFIC_SHIFT");
    public static readonly ServiceDeploymentLifecycleStage RECONCILE_SERVICE = new("RECONCILE_SERVICE");
    public static readonly ServiceDeploymentLifecycleStage SCALE_UP = new("SCALE_UP");
    public static readonly ServiceDeploymentLifecycleStage TEST_TRAFFIC_SHIFT = new("TEST_TRAFFIC_SHIFT");

    public ServiceDeploymentLifecycleStage(string value)
        : base(value)
    {
    }

    public static ServiceDeploymentLifecycleStage FindValue(string value) => FindValue<ServiceDeploymentLifecycleStage>(value);

    public static implicit operator ServiceDeploymentLifecycleStage(string value) => FindValue(value);
}

public class ServiceDeploymentRollbackMonitorsStatus : ConstantClass
{
    public static readonly ServiceDeploymentRollbackMonitorsStatus DISABLED = new("DISABLED");
    public static readonly ServiceDeploymentRollbackMonitorsStatus MONITORING = new("MONITORING");
    public static readonly ServiceDeploymentRollbackMonitorsStatus MONITORING_COMPLETE = new("MONITORING_COMPLETE");
    public static readonly ServiceDeploymentRollbackMonitorsStatus TRIGGERED = new("TRIGGERED");

    public ServiceDeploymentRollbackMonitorsStatus(string value)
        : base(value)
    {
    }

    public static ServiceDeploymentRollbackMonitorsStatus FindValue(string value) => FindValue<ServiceDeploymentRollbackMonitorsStatus>(value);

    public static implicit operator ServiceDeploymentRollbackMonitorsStatus(string value) => FindValue(value);
}

public class ServiceDeploymentStatus : ConstantClass
{
    public static readonly ServiceDeploymentStatus IN_PROGRESS = new("IN_PROGRESS");
    public static readonly ServiceDeploymentStatus PENDING = new("PENDING");
    public static readonly ServiceDeploymentStatus ROLLBACK_FAILED = new("ROLLBACK_FAILED");
    public static readonly ServiceDeploymentStatus ROLLBACK_IN_PROGRESS = new("ROLLBACK_IN_PROGRESS");
    public static readonly ServiceDeploymentStatus ROLLBACK_REQUESTED = new("ROLLBACK_REQUESTED");
    public static readonly ServiceDeploymentStatus ROLLBACK_SUCCESSFUL = new("ROLLBACK_SUCCESSFUL");
    public static readonly ServiceDeploymentStatus STOPPED = new("STOPPED");
    public static readonly ServiceDeploymentStatus STOP_REQUESTED = new("STOP_REQUESTED");
    public static readonly ServiceDeploymentStatus SUCCESSFUL = new("SUCCESSFUL");

    public ServiceDeploymentStatus(string value)
        : base(value)
    {
    }

    public static ServiceDeploymentStatus FindValue(string value) => FindValue<ServiceDeploymentStatus>(value);

    public static implicit operator ServiceDeploymentStatus(string value) => FindValue(value);
}

public class ServiceField : ConstantClass
{
    public static readonly ServiceField TAGS = new("TAGS");

    public ServiceField(string value)
        : base(value)
    {
    }

    public static ServiceField FindValue(string value) => FindValue<ServiceField>(value);

    public static implicit operator ServiceField(string value) => FindValue(value);
}

public class StabilityStatus : ConstantClass
{
    public static readonly StabilityStatus STABILIZING = new("STABILIZING");
    public static readonly StabilityStatus STEADY_STATE = new("STEADY_STATE");

    public StabilityStatus(string value)
        : base(value)
    {
    }

    public static StabilityStatus FindValue(string value) => FindValue<StabilityStatus>(value);

    public static implicit operator StabilityStatus(string value) => FindValue(value);
}

public class TargetType : ConstantClass
{
    public static readonly TargetType ContainerInstance = new("container-instance");

    public TargetType(string value)
        : base(value)
    {
    }

    public static TargetType FindValue(string value) => FindValue<TargetType>(value);

    public static implicit operator TargetType(string value) => FindValue(value);
}

public class TaskDefinitionField : ConstantClass
{
    public static readonly TaskDefinitionField TAGS = new("TAGS");

    public TaskDefinitionField(string value)
        : base(value)
    {
    }

    public static TaskDefinitionField FindValue(string value) => FindValue<TaskDefinitionField>(value);

    public static implicit operator TaskDefinitionField(string value) => FindValue(value);
}

public class TaskDefinitionPlacementConstraintType : ConstantClass
{
    public static readonly TaskDefinitionPlacementConstraintType MemberOf = new("memberOf");

    public TaskDefinitionPlacementConstraintType(string value)
        : base(value)
    {
    }

    public static TaskDefinitionPlacementConstraintType FindValue(string value) => FindValue<TaskDefinitionPlacementConstraintType>(value);

    public static implicit operator TaskDefinitionPlacementConstraintType(string value) => FindValue(value);
}

public class TaskDefinitionStatus : ConstantClass
{
    public static readonly TaskDefinitionStatus ACTIVE = new("ACTIVE");
    public static readonly TaskDefinitionStatus DELETE_IN_PROGRESS = new("DELETE_IN_PROGRESS");
    public static readonly TaskDefinitionStatus INACTIVE = new("INACTIVE");

    public TaskDefinitionStatus(string value)
        : base(value)
    {
    }

    public static TaskDefinitionStatus FindValue(string value) => FindValue<TaskDefinitionStatus>(value);

    public static implicit operator TaskDefinitionStatus(string value) => FindValue(value);
}

public class TaskField : ConstantClass
{
    public static readonly TaskField TAGS = new("TAGS");

    public TaskField(string value)
        : base(value)
    {
    }

    public static TaskField FindValue(string value) => FindValue<TaskField>(value);

    public static implicit operator TaskField(string value) => FindValue(value);
}

public class TaskFilesystemType : ConstantClass
{
    public static readonly TaskFilesystemType Ext3 = new("ext3");
    public static readonly TaskFilesystemType Ext4 = new("ext4");
    public static readonly TaskFilesystemType Ntfs = new("ntfs");
    public static readonly TaskFilesystemType Xfs = new("xfs");

    public TaskFilesystemType(string value)
        : base(value)
    {
    }

    public static TaskFilesystemType FindValue(string value) => FindValue<TaskFilesystemType>(value);

    public static implicit operator TaskFilesystemType(string value) => FindValue(value);
}

public class TaskStopCode : ConstantClass
{
    public static readonly TaskStopCode EssentialContainerExited = new("EssentialContainerExited");
    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");
    public static readonly TaskStopCode SpotInterruption = new("SpotInterruption");
    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");
    public static readonly TaskStopCode TerminationNotice = new("TerminationNotice");
    public static readonly TaskStopCode UserInitiated = new("UserInitiated");

    public TaskStopCode(string value)
        : base(value)
    {
    }

    public static TaskStopCode FindValue(string value) => FindValue<TaskStopCode>(value);

    public static implicit operator TaskStopCode(string value) => FindValue(value);
}

public class TransportProtocol : ConstantClass
{
    public static readonly TransportProtocol Tcp = new("tcp");
    public static readonly TransportProtocol Udp = new("udp");

    public TransportProtocol(string value)
        : base(value)
    {
    }

    public static TransportProtocol FindValue(string value) => FindValue<TransportProtocol>(value);

    public static implicit operator TransportProtocol(string value) => FindValue(value);
}

public class UlimitName : ConstantClass
{
    public static readonly UlimitName Core = new("core");
    public static readonly UlimitName Cpu = new("cpu");
    public static readonly UlimitName Data = new("data");
    public static readonly UlimitName Fsize = new("fsize");
    public static readonly UlimitName Locks = new("locks");
    public static readonly UlimitName Memlock = new("memlock");
    public static readonly UlimitName Msgqueue = new("msgqueue");
    public static readonly UlimitName Nice = new("nice");
    public static readonly UlimitName Nofile = new("nofile");
    public static readonly UlimitName Nproc = new("nproc");
    public static readonly UlimitName Rss = new("rss");
    public static readonly UlimitName Rtprio = new("rtprio");
    public static readonly UlimitName Rttime = new("rttime");
    public static readonly UlimitName Sigpending = new("sigpending");
    public static readonly UlimitName Stack = new("stack");

    public UlimitName(string value)
        : base(value)
    {
    }

    public static UlimitName FindValue(string value) => FindValue<UlimitName>(value);

    public static implicit operator UlimitName(string value) => FindValue(value);
}

public class VersionConsistency : ConstantClass
{
    public static readonly VersionConsistency Disabled = new("disabled");
    public static readonly VersionConsistency Enabled = new("enabled");

    public VersionConsistency(string value)
        : base(value)
    {
    }

    public static VersionConsistency FindValue(string value) => FindValue<VersionConsistency>(value);

    public static implicit operator VersionConsistency(string value) => FindValue(value);
}
