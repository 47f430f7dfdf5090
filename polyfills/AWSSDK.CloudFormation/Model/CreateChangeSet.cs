using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class CreateChangeSetRequest : AmazonCloudFormationRequest
{
    public List<string> Capabilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true, Min = 1, Max = 128)]
    public string ChangeSetName { get; set; }

    public ChangeSetType ChangeSetType { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string ClientToken { get; set; }

    public DeploymentMode DeploymentMode { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public bool? ImportExistingResources { get; set; }

    public bool? IncludeNestedStacks { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> NotificationARNs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public OnStackFailure OnStackFailure { get; set; }

    public List<Parameter> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> ResourceTypes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Max = 200)]
    public List<ResourceToImport> ResourcesToImport { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 20, Max = 2048)]
    public string RoleARN { get; set; }

    public RollbackConfiguration RollbackConfiguration { get; set; }

    [AWSProperty(Required = true, Min = 1)]
    public string StackName { get; set; }

    [AWSProperty(Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string TemplateBody { get; set; }

    [AWSProperty(Min = 1, Max = 5120)]
    public string TemplateURL { get; set; }

    public bool? UsePreviousTemplate { get; set; }
}

public partial class CreateChangeSetResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1)]
    public string Id { get; set; }

    public string StackId { get; set; }
}

public partial class ResourceToImport
{
    [AWSProperty(Required = true)]
    public string LogicalResourceId { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public Dictionary<string, string> ResourceIdentifier { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ResourceType { get; set; }
}
