using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class DescribeStacksRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    public string StackName { get; set; }
}

public partial class DescribeStacksResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    public List<Stack> Stacks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Stack
{
    public List<string> Capabilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string ChangeSetId { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? CreationTime { get; set; }

    public DeletionMode DeletionMode { get; set; }

    public DateTime? DeletionTime { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public DetailedStatus DetailedStatus { get; set; }

    public bool? DisableRollback { get; set; }

    public StackDriftInformation DriftInformation { get; set; }

    public bool? EnableTerminationProtection { get; set; }

    public List<OperationEntry> LastOperations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? LastUpdatedTime { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> NotificationARNs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Output> Outputs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Parameter> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ParentId { get; set; }

    public bool? RetainExceptOnCreate { get; set; }

    [AWSProperty(Min = 20, Max = 2048)]
    public string RoleARN { get; set; }

    public RollbackConfiguration RollbackConfiguration { get; set; }

    public string RootId { get; set; }

    public string StackId { get; set; }

    [AWSProperty(Required = true)]
    public string StackName { get; set; }

    [AWSProperty(Required = true)]
    public StackStatus StackStatus { get; set; }

    public string StackStatusReason { get; set; }

    [AWSProperty(Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public int? TimeoutInMinutes { get; set; }
}

public partial class StackDriftInformation
{
    public DateTime? LastCheckTimestamp { get; set; }

    [AWSProperty(Required = true)]
    public StackDriftStatus StackDriftStatus { get; set; }
}

public partial class OperationEntry
{
    public string OperationId { get; set; }

    public OperationType OperationType { get; set; }
}

public partial class Output
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public string ExportName { get; set; }

    public string OutputKey { get; set; }

    public string OutputValue { get; set; }
}
