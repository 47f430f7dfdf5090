using Amazon.Runtime;

namespace Amazon.ECS;

public class AssignPublicIp(string value) : ConstantClass(value)
{
    public static readonly AssignPublicIp DISABLED = new("DISABLED");
    public static readonly AssignPublicIp ENABLED = new("ENABLED");

    public static implicit operator AssignPublicIp(string value) => FindValue<AssignPublicIp>(value);
}

public class AvailabilityZoneRebalancing(string value) : ConstantClass(value)
{
    public static implicit operator AvailabilityZoneRebalancing(string value) => FindValue<AvailabilityZoneRebalancing>(value);
}

public class CPUArchitecture(string value) : ConstantClass(value)
{
    public static implicit operator CPUArchitecture(string value) => FindValue<CPUArchitecture>(value);
}

public class DeploymentRolloutState(string value) : ConstantClass(value)
{
    public static implicit operator DeploymentRolloutState(string value) => FindValue<DeploymentRolloutState>(value);
}

public class DesiredStatus(string value) : ConstantClass(value)
{
    public static readonly DesiredStatus RUNNING = new("RUNNING");
    public static readonly DesiredStatus STOPPED = new("STOPPED");

    public static implicit operator DesiredStatus(string value) => FindValue<DesiredStatus>(value);
}

public class LaunchType(string value) : ConstantClass(value)
{
    public static readonly LaunchType EXTERNAL = new("EXTERNAL");

    public static implicit operator LaunchType(string value) => FindValue<LaunchType>(value);
}

public class PropagateTags(string value) : ConstantClass(value)
{
    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");

    public static implicit operator PropagateTags(string value) => FindValue<PropagateTags>(value);
}

public class ServiceDeploymentRollbackMonitorsStatus(string value) : ConstantClass(value)
{
    public static implicit operator ServiceDeploymentRollbackMonitorsStatus(string value) =>
        FindValue<ServiceDeploymentRollbackMonitorsStatus>(value);
}

public class ServiceDeploymentStatus(string value) : ConstantClass(value)
{
    public static implicit operator ServiceDeploymentStatus(string value) => FindValue<ServiceDeploymentStatus>(value);
}

public class SortOrder(string value) : ConstantClass(value)
{
    public static readonly SortOrder DESC = new("DESC");

    public static implicit operator SortOrder(string value) => FindValue<SortOrder>(value);
}

public class TaskDefinitionStatus(string value) : ConstantClass(value)
{
    public static readonly TaskDefinitionStatus ACTIVE = new("ACTIVE");

    public static implicit operator TaskDefinitionStatus(string value) => FindValue<TaskDefinitionStatus>(value);
}

public class TaskStopCode(string value) : ConstantClass(value)
{
    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");
    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");

    public static implicit operator TaskStopCode(string value) => FindValue<TaskStopCode>(value);
}
