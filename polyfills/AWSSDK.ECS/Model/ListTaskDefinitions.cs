using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class ListTaskDefinitionsRequest : AmazonECSRequest
{
    public string FamilyPrefix { get; set; }
    public string NextToken { get; set; }
    public SortOrder Sort { get; set; }
    public TaskDefinitionStatus Status { get; set; }
}

public class ListTaskDefinitionsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<string> TaskDefinitionArns { get; set; }
}
