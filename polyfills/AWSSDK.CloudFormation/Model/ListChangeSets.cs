using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ListChangeSetsRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    [AWSProperty(Required = true, Min = 1)]
    public string StackName { get; set; }
}

public partial class ListChangeSetsResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    public List<ChangeSetSummary> Summaries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ChangeSetSummary
{
    [AWSProperty(Min = 1)]
    public string ChangeSetId { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string ChangeSetName { get; set; }

    public DateTime? CreationTime { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public ExecutionStatus ExecutionStatus { get; set; }

    public bool? ImportExistingResources { get; set; }

    public bool? IncludeNestedStacks { get; set; }

    [AWSProperty(Min = 1)]
    public string ParentChangeSetId { get; set; }

    [AWSProperty(Min = 1)]
    public string RootChangeSetId { get; set; }

    public string StackId { get; set; }

    public string StackName { get; set; }

    public ChangeSetStatus Status { get; set; }

    public string StatusReason { get; set; }
}
