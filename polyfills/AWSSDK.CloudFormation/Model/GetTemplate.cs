using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class GetTemplateRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 1600)]
    public string ChangeSetName { get; set; }

    public string StackName { get; set; }

    public TemplateStage TemplateStage { get; set; }
}

public partial class GetTemplateResponse : AmazonWebServiceResponse
{
    public List<string> StagesAvailable { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string TemplateBody { get; set; }
}
