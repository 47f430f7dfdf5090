using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class DescribeStackEventsRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    [AWSProperty(Required = true)]
    public string StackName { get; set; }
}

public partial class DescribeStackEventsResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    public List<StackEvent> StackEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class StackEvent
{
    [AWSProperty(Min = 1, Max = 128)]
    public string ClientRequestToken { get; set; }

    public DetailedStatus DetailedStatus { get; set; }

    [AWSProperty(Required = true)]
    public string EventId { get; set; }

    public HookFailureMode HookFailureMode { get; set; }

    [AWSProperty(Min = 36, Max = 36)]
    public string HookInvocationId { get; set; }

    public HookInvocationPoint HookInvocationPoint { get; set; }

    public HookStatus HookStatus { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string HookStatusReason { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string HookType { get; set; }

    public string LogicalResourceId { get; set; }

    public string OperationId { get; set; }

    public string PhysicalResourceId { get; set; }

    public string ResourceProperties { get; set; }

    public ResourceStatus ResourceStatus { get; set; }

    public string ResourceStatusReason { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string ResourceType { get; set; }

    [AWSProperty(Required = true)]
    public string StackId { get; set; }

    [AWSProperty(Required = true)]
    public string StackName { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? Timestamp { get; set; }
}
