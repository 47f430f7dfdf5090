using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class CancelUpdateStackRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 128)]
    public string ClientRequestToken { get; set; }

    [AWSProperty(Required = true)]
    public string StackName { get; set; }
}

public partial class CancelUpdateStackResponse : AmazonWebServiceResponse
{
}
