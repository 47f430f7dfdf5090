using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ExecuteChangeSetRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Required = true, Min = 1, Max = 1600)]
    public string ChangeSetName { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string ClientRequestToken { get; set; }

    public bool? DisableRollback { get; set; }

    public bool? RetainExceptOnCreate { get; set; }

    [AWSProperty(Min = 1)]
    public string StackName { get; set; }
}

public partial class ExecuteChangeSetResponse : AmazonWebServiceResponse
{
}
