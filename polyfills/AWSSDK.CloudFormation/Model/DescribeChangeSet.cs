using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class DescribeChangeSetRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 1600)]
    public string ChangeSetName { get; set; }

    public bool? IncludePropertyValues { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    [AWSProperty(Min = 1)]
    public string StackName { get; set; }
}

public partial class DescribeChangeSetResponse : AmazonWebServiceResponse
{
    public List<string> Capabilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string ChangeSetId { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string ChangeSetName { get; set; }

    public List<Change> Changes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? CreationTime { get; set; }

    public DeploymentMode DeploymentMode { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public ExecutionStatus ExecutionStatus { get; set; }

    public bool? ImportExistingResources { get; set; }

    public bool? IncludeNestedStacks { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> NotificationARNs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public OnStackFailure OnStackFailure { get; set; }

    public List<Parameter> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string ParentChangeSetId { get; set; }

    public RollbackConfiguration RollbackConfiguration { get; set; }

    [AWSProperty(Min = 1)]
    public string RootChangeSetId { get; set; }

    public StackDriftStatus StackDriftStatus { get; set; }

    public string StackId { get; set; }

    public string StackName { get; set; }

    public ChangeSetStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Change
{
    [AWSProperty(Min = 1, Max = 100)]
    public int? HookInvocationCount { get; set; }

    public ResourceChange ResourceChange { get; set; }

    public ChangeType Type { get; set; }
}

public partial class ResourceChange
{
    public ChangeAction Action { get; set; }

    public string AfterContext { get; set; }

    public string BeforeContext { get; set; }

    [AWSProperty(Min = 1)]
    public string ChangeSetId { get; set; }

    public List<ResourceChangeDetail> Details { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string LogicalResourceId { get; set; }

    public ModuleInfo ModuleInfo { get; set; }

    public string PhysicalResourceId { get; set; }

    public PolicyAction PolicyAction { get; set; }

    public string PreviousDeploymentContext { get; set; }

    public Replacement Replacement { get; set; }

    public List<ResourceDriftIgnoredAttribute> ResourceDriftIgnoredAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public StackResourceDriftStatus ResourceDriftStatus { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string ResourceType { get; set; }

    public List<string> Scope { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ResourceChangeDetail
{
    public string CausingEntity { get; set; }

    public ChangeSource ChangeSource { get; set; }

    public EvaluationType Evaluation { get; set; }

    public ResourceTargetDefinition Target { get; set; }
}

public partial class ResourceTargetDefinition
{
    public string AfterValue { get; set; }

    public AfterValueFrom AfterValueFrom { get; set; }

    public ResourceAttribute Attribute { get; set; }

    public AttributeChangeType AttributeChangeType { get; set; }

    public string BeforeValue { get; set; }

    public BeforeValueFrom BeforeValueFrom { get; set; }

    public LiveResourceDrift Drift { get; set; }

    public string Name { get; set; }

    public string Path { get; set; }

    public RequiresRecreation RequiresRecreation { get; set; }
}

public partial class LiveResourceDrift
{
    public string ActualValue { get; set; }

    public DateTime? DriftDetectionTimestamp { get; set; }

    public string PreviousValue { get; set; }
}

public partial class ResourceDriftIgnoredAttribute
{
    public string Path { get; set; }

    public DriftIgnoredReason Reason { get; set; }
}
