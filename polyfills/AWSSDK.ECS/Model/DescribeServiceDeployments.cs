using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class DescribeServiceDeploymentsRequest : AmazonECSRequest
{
    public List<string> ServiceDeploymentArns { get; set; }
}

public class DescribeServiceDeploymentsResponse : AmazonWebServiceResponse
{
    public List<ServiceDeployment> ServiceDeployments { get; set; }
}

public class ServiceDeployment
{
    public ServiceDeploymentCircuitBreaker DeploymentCircuitBreaker { get; set; }
    public ServiceDeploymentStatus Status { get; set; }
    public string StatusReason { get; set; }
}

public class ServiceDeploymentCircuitBreaker
{
    public int? FailureCount { get; set; }
    public ServiceDeploymentRollbackMonitorsStatus Status { get; set; }
    public int? Threshold { get; set; }
}
