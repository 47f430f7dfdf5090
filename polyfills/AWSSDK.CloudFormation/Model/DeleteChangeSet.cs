using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class DeleteChangeSetRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 1600)]
    public string ChangeSetName { get; set; }

    [AWSProperty(Min = 1)]
    public string StackName { get; set; }
}

public partial class DeleteChangeSetResponse : AmazonWebServiceResponse
{
}
