using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ListStackResourcesRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    [AWSProperty(Required = true)]
    public string StackName { get; set; }
}

public partial class ListStackResourcesResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    public List<StackResourceSummary> StackResourceSummaries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class StackResourceSummary
{
    public StackResourceDriftInformationSummary DriftInformation { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? LastUpdatedTimestamp { get; set; }

    [AWSProperty(Required = true)]
    public string LogicalResourceId { get; set; }

    public ModuleInfo ModuleInfo { get; set; }

    public string PhysicalResourceId { get; set; }

    [AWSProperty(Required = true)]
    public ResourceStatus ResourceStatus { get; set; }

    public string ResourceStatusReason { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ResourceType { get; set; }
}

public partial class StackResourceDriftInformationSummary
{
    public DateTime? LastCheckTimestamp { get; set; }

    [AWSProperty(Required = true)]
    public StackResourceDriftStatus StackResourceDriftStatus { get; set; }
}
