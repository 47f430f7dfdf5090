using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class UpdateTerminationProtectionRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Required = true)]
    public bool? EnableTerminationProtection { get; set; }

    [AWSProperty(Required = true, Min = 1)]
    public string StackName { get; set; }
}

public partial class UpdateTerminationProtectionResponse : AmazonWebServiceResponse
{
    public string StackId { get; set; }
}
