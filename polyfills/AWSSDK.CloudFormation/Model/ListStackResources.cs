using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class ListStackResourcesRequest : AmazonCloudFormationRequest
{
    public string NextToken { get; set; }
    public string StackName { get; set; }
}

public class ListStackResourcesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<StackResourceSummary> StackResourceSummaries { get; set; }
}

public class StackResourceSummary
{
    public string LogicalResourceId { get; set; }
    public string PhysicalResourceId { get; set; }
    public ResourceStatus ResourceStatus { get; set; }
    public string ResourceType { get; set; }
}
