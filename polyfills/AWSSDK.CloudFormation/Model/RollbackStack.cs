using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class RollbackStackRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 128)]
    public string ClientRequestToken { get; set; }

    public bool? RetainExceptOnCreate { get; set; }

    [AWSProperty(Min = 20, Max = 2048)]
    public string RoleARN { get; set; }

    [AWSProperty(Required = true, Min = 1)]
    public string StackName { get; set; }
}

public partial class RollbackStackResponse : AmazonWebServiceResponse
{
    public string OperationId { get; set; }

    public string StackId { get; set; }
}
