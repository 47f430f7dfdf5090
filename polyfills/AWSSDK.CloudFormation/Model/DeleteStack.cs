using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class DeleteStackRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 128)]
    public string ClientRequestToken { get; set; }

    public DeletionMode DeletionMode { get; set; }

    public List<string> RetainResources { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 20, Max = 2048)]
    public string RoleARN { get; set; }

    [AWSProperty(Required = true)]
    public string StackName { get; set; }
}

public partial class DeleteStackResponse : AmazonWebServiceResponse
{
}
