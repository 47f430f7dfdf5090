using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ContinueUpdateRollbackRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 128)]
    public string ClientRequestToken { get; set; }

    public List<string> ResourcesToSkip { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 20, Max = 2048)]
    public string RoleARN { get; set; }

    [AWSProperty(Required = true, Min = 1)]
    public string StackName { get; set; }
}

public partial class ContinueUpdateRollbackResponse : AmazonWebServiceResponse
{
}
