using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DescribeEventsRequest : AmazonCloudFormationRequest
{
    public string ChangeSetName { get; set; }
    public string NextToken { get; set; }
}

public class DescribeEventsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<OperationEvent> OperationEvents { get; set; }
}

public class OperationEvent
{
    public EventType EventType { get; set; }
    public HookFailureMode HookFailureMode { get; set; }
    public string HookStatusReason { get; set; }
    public string HookType { get; set; }
    public string LogicalResourceId { get; set; }
    public string ResourceType { get; set; }
    public HookFailureMode ValidationFailureMode { get; set; }
    public string ValidationName { get; set; }
    public string ValidationPath { get; set; }
    public ValidationStatus ValidationStatus { get; set; }
    public string ValidationStatusReason { get; set; }
}
