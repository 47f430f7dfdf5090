using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DescribeStacksRequest : AmazonCloudFormationRequest
{
    public string StackName { get; set; }
}

public class DescribeStacksResponse : AmazonWebServiceResponse
{
    public List<Stack> Stacks { get; set; }
}

public class Stack
{
    public string ChangeSetId { get; set; }
    public DateTime? CreationTime { get; set; }
    public DateTime? LastUpdatedTime { get; set; }
    public List<Output> Outputs { get; set; }
    public List<Parameter> Parameters { get; set; }
    public string ParentId { get; set; }
    public string StackId { get; set; }
    public string StackName { get; set; }
    public StackStatus StackStatus { get; set; }
    public string StackStatusReason { get; set; }
}

public class Output
{
    public string OutputKey { get; set; }
    public string OutputValue { get; set; }
}
