using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class CreateChangeSetRequest : AmazonCloudFormationRequest
{
    public List<string> Capabilities { get; set; }
    public string ChangeSetName { get; set; }
    public ChangeSetType ChangeSetType { get; set; }
    public string ClientToken { get; set; }
    public string Description { get; set; }
    public bool? IncludeNestedStacks { get; set; }
    public List<Parameter> Parameters { get; set; }
    public List<ResourceToImport> ResourcesToImport { get; set; }
    public string StackName { get; set; }
    public string TemplateBody { get; set; }
    public string TemplateURL { get; set; }
    public bool? UsePreviousTemplate { get; set; }
}

public class CreateChangeSetResponse : AmazonWebServiceResponse
{
    public string Id { get; set; }
}

public class ResourceToImport
{
    public string LogicalResourceId { get; set; }
    public Dictionary<string, string> ResourceIdentifier { get; set; }
    public string ResourceType { get; set; }
}
