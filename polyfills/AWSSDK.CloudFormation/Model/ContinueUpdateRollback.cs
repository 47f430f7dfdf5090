using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class ContinueUpdateRollbackRequest : AmazonCloudFormationRequest
{
    public string ClientRequestToken { get; set; }
    public string StackName { get; set; }
}

public class ContinueUpdateRollbackResponse : AmazonWebServiceResponse;
