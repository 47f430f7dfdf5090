using Amazon.Runtime;

namespace Amazon.ECS.Model;

public partial class ListServicesRequest : AmazonECSRequest
{
    public string Cluster { get; set; }

    public LaunchType LaunchType { get; set; }

    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public ResourceManagementType ResourceManagementType { get; set; }

    public SchedulingStrategy SchedulingStrategy { get; set; }
}

public partial class ListServicesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public List<string> ServiceArns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
