using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ListServiceDeploymentsRequest : AmazonECSRequest
{
    public string Cluster { get; set; }

    public CreatedAt CreatedAt { get; set; }

    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    [AWSProperty(Required = true)]
    public string Service { get; set; }

    public List<string> Status { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ListServiceDeploymentsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public List<ServiceDeploymentBrief> ServiceDeployments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class CreatedAt
{
    public DateTime? After { get; set; }

    public DateTime? Before { get; set; }
}

public partial class ServiceDeploymentBrief
{
    public string ClusterArn { get; set; }

    public DateTime? CreatedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    public string ServiceArn { get; set; }

    public string ServiceDeploymentArn { get; set; }

    public DateTime? StartedAt { get; set; }

    public ServiceDeploymentStatus Status { get; set; }

    public string StatusReason { get; set; }

    public string TargetServiceRevisionArn { get; set; }
}
