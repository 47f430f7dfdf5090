using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DeleteStackRequest : AmazonCloudFormationRequest
{
    public string ClientRequestToken { get; set; }
    public string StackName { get; set; }
}

public class DeleteStackResponse : AmazonWebServiceResponse;
