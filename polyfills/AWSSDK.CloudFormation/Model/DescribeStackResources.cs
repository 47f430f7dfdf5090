using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class DescribeStackResourcesRequest : AmazonCloudFormationRequest
{
    public string LogicalResourceId { get; set; }

    public string PhysicalResourceId { get; set; }

    public string StackName { get; set; }
}

public partial class DescribeStackResourcesResponse : AmazonWebServiceResponse
{
    public List<StackResource> StackResources { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class StackResource
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public StackResourceDriftInformation DriftInformation { get; set; }

    [AWSProperty(Required = true)]
    public string LogicalResourceId { get; set; }

    public ModuleInfo ModuleInfo { get; set; }

    public string PhysicalResourceId { get; set; }

    [AWSProperty(Required = true)]
    public ResourceStatus ResourceStatus { get; set; }

    public string ResourceStatusReason { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ResourceType { get; set; }

    public string StackId { get; set; }

    public string StackName { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? Timestamp { get; set; }
}

public partial class StackResourceDriftInformation
{
    public DateTime? LastCheckTimestamp { get; set; }

    [AWSProperty(Required = true)]
    public StackResourceDriftStatus StackResourceDriftStatus { get; set; }
}
