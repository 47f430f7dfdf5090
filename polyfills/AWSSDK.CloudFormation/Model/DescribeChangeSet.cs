using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DescribeChangeSetRequest : AmazonCloudFormationRequest
{
    public string ChangeSetName { get; set; }
    public bool? IncludePropertyValues { get; set; }
    public string NextToken { get; set; }
    public string StackName { get; set; }
}

public class DescribeChangeSetResponse : AmazonWebServiceResponse
{
    public string ChangeSetId { get; set; }
    public List<Change> Changes { get; set; }
    public ExecutionStatus ExecutionStatus { get; set; }
    public string NextToken { get; set; }
    public string StackId { get; set; }
    public ChangeSetStatus Status { get; set; }
    public string StatusReason { get; set; }
}

public class Change
{
    public ResourceChange ResourceChange { get; set; }
}

public class ResourceChange
{
    public ChangeAction Action { get; set; }
    public string ChangeSetId { get; set; }
    public List<ResourceChangeDetail> Details { get; set; }
    public string LogicalResourceId { get; set; }
    public string PhysicalResourceId { get; set; }
    public PolicyAction PolicyAction { get; set; }
    public Replacement Replacement { get; set; }
    public string ResourceType { get; set; }
}

public class ResourceChangeDetail
{
    public string CausingEntity { get; set; }
    public ChangeSource ChangeSource { get; set; }
    public EvaluationType Evaluation { get; set; }
    public ResourceTargetDefinition Target { get; set; }
}

public class ResourceTargetDefinition
{
    public string AfterValue { get; set; }
    public ResourceAttribute Attribute { get; set; }
    public string BeforeValue { get; set; }
    public string Name { get; set; }
    public string Path { get; set; }
}
