using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class GetTemplateRequest : AmazonCloudFormationRequest
{
    public string StackName { get; set; }
    public TemplateStage TemplateStage { get; set; }
}

public class GetTemplateResponse : AmazonWebServiceResponse
{
    public string TemplateBody { get; set; }
}
